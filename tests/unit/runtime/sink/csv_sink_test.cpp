#include "runtime/sink/csv_sink.h"

#include <gtest/gtest.h>

#include "tests/unit/runtime/sink/sink_fixture.h"

namespace eqlc {
namespace {

const std::string kHeader = "kind,time,severity,risk_score,rule_id,rule_name,host,user,process,events\r\n";

TEST(CsvSink, HeaderEvenWithoutAlerts) { EXPECT_EQ(WriteAlerts(SinkFormat::kCsv, {}), kHeader); }

TEST(CsvSink, OneRecordAnAlert) {
  EXPECT_EQ(WriteAlerts(SinkFormat::kCsv, {{}}),
            kHeader + "event,2026-11-25T10:00:00.123Z,high,73,r-1,Test rule,web-1,root,nc,1\r\n");
}

TEST(CsvSink, QuotesWhatNeedsIt) {
  const SampleAlert alert = {.name = "a, \"b\"",
                             .events = {R"({"host":{"name":["h1","h2"]},"process":{"executable":"C:\\x\r\ny"}})"},
                             .time = 0};
  EXPECT_EQ(WriteAlerts(SinkFormat::kCsv, {alert}),
            kHeader + "event,,high,73,r-1,\"a, \"\"b\"\"\",\"h1,h2\",,\"C:\\x\r\ny\",1\r\n");
}

TEST(CsvSink, SequencesShowTheLastEventThatHasAValue) {
  const SampleAlert alert = {.kind = RuleKind::kSequence,
                             .events = {R"({"host":{"name":"h1"},"user":{"name":"ann"},"process":{"name":"p1"}})", "",
                                        R"({"_source":{"process":{"name":"p2"},"host":{"id":"7"}}})"}};
  EXPECT_EQ(WriteAlerts(SinkFormat::kCsv, {alert}),
            kHeader + "sequence,2026-11-25T10:00:00.123Z,high,73,r-1,Test rule,7,ann,p2,2\r\n");
}

}  // namespace
}  // namespace eqlc
