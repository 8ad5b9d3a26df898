#include "runtime/sink/table_sink.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/runtime/sink/sink_fixture.h"

namespace eqlc {
namespace {

TEST(TableSink, Columns) {
  EXPECT_EQ(WriteAlerts(SinkFormat::kTable, {{}}, {.table_width = 100}),
            "TIME                      SEVERITY  RULE                       HOST         USER         PROCESS\n"
            "2026-11-25T10:00:00.123Z  high      Test rule                  web-1        root         nc\n");
}

TEST(TableSink, CutsWhatDoesNotFit) {
  const SampleAlert alert = {
      .name = "A rule with quite a long name",
      .events = {R"({"host":{"name":"exactly7"},"process":{"name":"gr\u00fc\u00dfe-aus-k\u00f6ln"}})"}};
  EXPECT_EQ(WriteAlerts(SinkFormat::kTable, {alert}, {.table_width = 10}),
            "TIME                      SEVERITY  RULE               HOST     USER     PROCESS\n"
            "2026-11-25T10:00:00.123Z  high      A rule with quit\xE2\x80\xA6  exactl\xE2\x80\xA6           "
            "gr\xC3\xBC\xC3\x9F"
            "e-\xE2\x80\xA6\n");
}

TEST(TableSink, EventsCannotDriveTheTerminal) {
  const SampleAlert alert = {.events = {R"({"process":{"name":"\u001b[2Jx\u009b\u007f"},"host":{"name":"a\nb"}})"}};
  const std::string text = WriteAlerts(SinkFormat::kTable, {alert});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xC2\x9b"), std::string::npos);
  EXPECT_EQ(text.find('\x7f'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_NE(text.find("\xEF\xBF\xBD[2Jx\xEF\xBF\xBD\xEF\xBF\xBD"), std::string::npos);
}

TEST(TableSink, NoTrailingBlanksForAnAlertWithoutDetails) {
  EXPECT_EQ(WriteAlerts(SinkFormat::kTable, {{.events = {"{}"}, .time = 0}}),
            "TIME                      SEVERITY  RULE                               HOST             USER             "
            "PROCESS\n"
            "                          high      Test rule\n");
}

}  // namespace
}  // namespace eqlc
