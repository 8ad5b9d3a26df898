#include "runtime/sink/ndjson_sink.h"

#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/runtime/sink/sink_fixture.h"

namespace eqlc {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

const SampleAlert kSequence = {.kind = RuleKind::kSequence, .events = {R"({"a":1})", R"({"a":2})"}};

TEST(NdjsonSink, ADocumentALine) {
  const std::string text = WriteAlerts(SinkFormat::kNdjson, {{}, kSequence});
  EXPECT_TRUE(text.ends_with('\n'));
  const auto lines = Lines(text);
  ASSERT_EQ(lines.size(), 4u);
  for (const std::string& line : lines) EXPECT_EQ(nlohmann::json::parse(line)["event"]["kind"], "signal");
}

TEST(NdjsonSink, NothingForNoAlert) { EXPECT_EQ(WriteAlerts(SinkFormat::kNdjson, {}), ""); }

TEST(JsonSink, OneArrayOfTheSameDocuments) {
  const auto array = nlohmann::json::parse(WriteAlerts(SinkFormat::kJson, {{}, kSequence, {}}));
  const auto lines = Lines(WriteAlerts(SinkFormat::kNdjson, {{}, kSequence, {}}));
  ASSERT_EQ(array.size(), lines.size());
  for (size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(array[i], nlohmann::json::parse(lines[i]));
}

TEST(JsonSink, EmptyArrayForNoAlert) { EXPECT_EQ(WriteAlerts(SinkFormat::kJson, {}), "[]\n"); }

TEST(FileSink, FullDeviceIsReportedAtWriteAndClose) {
  for (const SinkFormat format : {SinkFormat::kNdjson, SinkFormat::kJson, SinkFormat::kTable, SinkFormat::kCsv}) {
    std::FILE* full = std::fopen("/dev/full", "w");
    ASSERT_NE(full, nullptr);
    auto sink = MakeSink(format, full);
    const Status status = SampleAlert().WriteTo(*sink);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "cannot write alerts: No space left on device");
    // What has nothing to add at the end has nothing to fail at.
    EXPECT_EQ(sink->Close().ok(), format == SinkFormat::kNdjson);
    std::fclose(full);
  }
}

TEST(ParseSinkFormat, Names) {
  EXPECT_EQ(ParseSinkFormat("ndjson"), SinkFormat::kNdjson);
  EXPECT_EQ(ParseSinkFormat("json"), SinkFormat::kJson);
  EXPECT_EQ(ParseSinkFormat("table"), SinkFormat::kTable);
  EXPECT_EQ(ParseSinkFormat("csv"), SinkFormat::kCsv);
  EXPECT_EQ(ParseSinkFormat("CSV"), std::nullopt);
  EXPECT_EQ(ParseSinkFormat(""), std::nullopt);
}

}  // namespace
}  // namespace eqlc
