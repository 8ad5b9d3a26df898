// Compile and Session together, through the public API.
#include "eqlc/compile.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

#include "eqlc/session.hpp"
#include "tests/support/recording_sink.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Records which events each alert has.
class Recorder : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    std::string line;
    for (std::string_view event : alert.events)
      line += event.empty() ? "-" : std::string(event.substr(event.find("\"n\":") + 4, 1));
    alerts.push_back(line);
    if (throws) throw std::runtime_error("sink is broken");
    return fail ? Status(Error{"sink is full"}) : Status();
  }
  std::vector<std::string> alerts;
  bool fail = false;
  bool throws = false;
};

// `times` in seconds; event i is {"@timestamp":..., "n":i}.
std::vector<std::string> EventsAt(const std::vector<int>& times) {
  std::vector<std::string> events;
  for (size_t i = 0; i < times.size(); ++i) {
    events.push_back(fmt::format(R"({{"@timestamp":{},"n":{}}})", 1'700'000'000 + times[i], i));
  }
  return events;
}

class SessionTest : public ::testing::TestWithParam<Engine> {
 protected:
  std::vector<std::string> Run(const std::string& query, const std::vector<std::string>& events, int64_t reorder_ns = 0,
                               MatchOrder order = MatchOrder::kAsDecided) {
    const CompileResult compiled = Compile({{"q.eql", query}}, options_);
    EXPECT_EQ(compiled.rules_failed, 0u);
    Session session(compiled.program, recorder_,
                    {.engine = GetParam(), .reorder_ns = reorder_ns, .match_order = order});
    for (const std::string& event : events) EXPECT_TRUE(session.Push(event).ok());
    EXPECT_EQ(session.Finish().ok(), !recorder_.fail && !recorder_.throws);
    stats_ = session.stats();
    return recorder_.alerts;
  }

  // The numbers of the events that a condition on the field `f` of type `type` matches.
  std::vector<std::string> RunTyped(const std::string& type, const std::string& condition,
                                    const std::vector<std::string>& values) {
    const auto schema = Schema::Parse("{\"f\": " + type + "}");
    EXPECT_TRUE(schema.ok());
    options_.schema = *schema;
    std::vector<std::string> events;
    for (size_t i = 0; i < values.size(); ++i) events.push_back(fmt::format(R"({{"f":{},"n":{}}})", values[i], i));
    recorder_.alerts.clear();
    return Run("any where " + condition, events);
  }

  CompileOptions options_;
  Recorder recorder_;
  SessionStats stats_;
};

TEST_P(SessionTest, FieldsCompareByTheirType) {
  const std::vector<std::string> dates = {R"("2026-01-02T00:00:00Z")", R"("2026-01-02T23:59:59.9999Z")",
                                          "1767398400000", R"("soon")"};
  EXPECT_THAT(RunTyped(R"("date")", "f == \"2026-01-02\"", dates), ElementsAre("0", "1"));
  EXPECT_THAT(RunTyped(R"("date")", "f > \"2026-01-02\"", dates), ElementsAre("2"));
  EXPECT_THAT(RunTyped(R"("date")", "f in (\"2026-01-03T00:00:00.000Z\", 0)", dates), ElementsAre("2"));
  EXPECT_THAT(RunTyped(R"("date")", "f != \"2026-01-02\"", dates), ElementsAre("2", "3"));
  EXPECT_THAT(RunTyped(R"({"type": "date", "format": "dd-MM-yyyy"})", "f < \"01-02-2026\"",
                       {R"("31-01-2026")", R"(["01-02-2026", "01-01-1999"])", R"("01-02-2026")"}),
              ElementsAre("0", "1"));
  EXPECT_THAT(RunTyped(R"("version")", "f < \"1.5.0\"", {R"("1.11.3")", R"("1.2.4")", R"("1.5.0-rc.1")", R"("bad")"}),
              ElementsAre("1", "2"));
  const std::vector<std::string> addresses = {R"("10.1.2.3")", R"("::ffff:10.0.0.1")", R"(["9.9.9.9", "::1"])"};
  EXPECT_THAT(RunTyped(R"("ip")", "f == \"10.0.0.0/8\"", addresses), ElementsAre("0", "1"));
  EXPECT_THAT(RunTyped(R"("ip")", "f >= \"10.0.0.2\"", addresses), ElementsAre("0"));
  EXPECT_THAT(RunTyped(R"("keyword")", "f == 5", {"5", R"("5")", R"("5.0")"}), ElementsAre("0", "1"));
  EXPECT_THAT(RunTyped(R"({"type": "keyword", "null_value": "none"})", "f == null", {"null", R"("a")", "[]"}),
              ElementsAre("2"));
}

TEST_P(SessionTest, JoinKeysCompareByTheirType) {
  options_.schema = *Schema::Parse(R"({"f": "ip", "g": "date", "h": "long", "k": "keyword"})");
  const std::vector<std::string> events = {R"({"@timestamp":1,"n":0,"f":"10.0.0.1","g":"1970-01-01","h":5,"k":1})",
                                           R"({"@timestamp":2,"n":1,"f":"::ffff:10.0.0.1","g":0,"h":"5","k":"1"})",
                                           R"({"@timestamp":3,"n":2,"f":"10.0.0.1","g":0,"h":"5","k":"1.0"})"};
  EXPECT_THAT(Run("sequence by f, g, h, k [any where n >= 0] [any where n > 0]", events), ElementsAre("01"));
}

TEST_P(SessionTest, EventRulesAlertAtOnce) {
  EXPECT_THAT(Run("any where n > 1", EventsAt({0, 1, 2, 3})), ElementsAre("2", "3"));
}

TEST_P(SessionTest, SequencesKeepTheirEvents) {
  EXPECT_THAT(Run("sequence [any where n == 0] [any where n == 2]", EventsAt({0, 1, 2})), ElementsAre("02"));
  EXPECT_EQ(stats_.open_partials, 0u);
}

TEST_P(SessionTest, MaxspanIsInclusive) {
  const std::string query = "sequence with maxspan=2s [any where n == 0] [any where n == 1]";
  EXPECT_THAT(Run(query, EventsAt({0, 2})), ElementsAre("01"));
  recorder_.alerts.clear();
  EXPECT_THAT(Run(query, EventsAt({0, 3})), ElementsAre());
}

TEST_P(SessionTest, TrailingMissingEventsWaitForTheClock) {
  const std::string query = "sequence with maxspan=2s [any where n == 0] ![any where n == 1]";
  EXPECT_THAT(Run(query, EventsAt({0, 1})), ElementsAre());
  EXPECT_THAT(Run(query, EventsAt({0, 3})), ElementsAre("0-"));
}

TEST_P(SessionTest, ReorderingSortsByTime) {
  const std::string query = "sequence [any where n == 1] [any where n == 0]";
  EXPECT_THAT(Run(query, EventsAt({5, 1}), kSortAll), ElementsAre("10"));
  EXPECT_EQ(stats_.late_events, 0u);
  recorder_.alerts.clear();
  EXPECT_THAT(Run(query, EventsAt({5, 1})), ElementsAre());
  EXPECT_EQ(stats_.late_events, 1u);
}

TEST_P(SessionTest, PipesLimitMatches) {
  EXPECT_THAT(Run("any where true | head 2", EventsAt({0, 1, 2})), ElementsAre("0", "1"));
  EXPECT_EQ(stats_.suppressed, 1u);
  recorder_.alerts.clear();
  EXPECT_THAT(Run("any where true | tail 2", EventsAt({0, 1, 2})), ElementsAre("1", "2"));
  recorder_.alerts.clear();
  EXPECT_THAT(Run("any where true | head 3 | tail 1", EventsAt({0, 1, 2, 3})), ElementsAre("2"));
}

TEST_P(SessionTest, ARulesOwnAlertsRaiseNone) {
  const std::vector<std::string> events = {R"({"@timestamp":1,"n":1})",
                                           R"({"@timestamp":2,"n":2,"kibana.alert.rule.uuid":"q"})",
                                           R"({"@timestamp":3,"n":3,"kibana":{"alert":{"rule":{"uuid":"other"}}}})"};
  EXPECT_THAT(Run("any where true", events), ElementsAre("1", "3"));
  EXPECT_EQ(stats_.alerts, 2u);
  EXPECT_EQ(stats_.suppressed, 1u);
  recorder_.alerts.clear();
  EXPECT_THAT(Run("any where true | tail 2", events), ElementsAre("3")) << "pipes come first, as in Elasticsearch";
  recorder_.alerts.clear();
  EXPECT_THAT(Run("sequence [any where n < 3] [any where n > 1]", events), ElementsAre());
  EXPECT_EQ(stats_.suppressed, 2u);
  recorder_.alerts.clear();
  EXPECT_THAT(Run("any where true", events, kSortAll, MatchOrder::kAsListed), ElementsAre("1", "2", "3"));
}

TEST_P(SessionTest, SeveralKeysOfTheSameEventsRaiseOneAlert) {
  const std::vector<std::string> events = {R"({"@timestamp":1,"n":1,"k":["a","b"]})",
                                           R"({"@timestamp":2,"n":2,"k":["c","b"]})",
                                           R"({"@timestamp":3,"n":3,"k":["b","a","c"]})"};
  const std::string query = "sequence by k [any where n < 3] [any where n == 3]";
  const auto run = [&](const std::string& text, MatchOrder order) {
    recorder_.alerts.clear();
    return Run(text, events, kSortAll, order);
  };
  EXPECT_THAT(run(query, MatchOrder::kAsDecided), ElementsAre("13", "23"));
  EXPECT_EQ(stats_.suppressed, 1u);
  EXPECT_THAT(run(query, MatchOrder::kAsListed), ElementsAre("13", "23", "23"));
  EXPECT_THAT(run("sample by k [any where n == 1] [any where n == 3]", MatchOrder::kAsDecided), ElementsAre("13"));
  EXPECT_THAT(run("sequence by k with maxspan=1s [any where n == 1] ![any where n == 9]", MatchOrder::kAsDecided),
              ElementsAre("1-"));
}

TEST_P(SessionTest, TimesOutOfRangeAreTimes) {
  const std::vector<std::string> events = {R"({"@timestamp":"1601-01-01T00:00:00Z","n":0})",
                                           R"({"@timestamp":"2026-01","n":1})",
                                           R"({"@timestamp":"9999-12-31T23:59:59Z","n":2})"};
  EXPECT_THAT(Run("sequence [any where n == 0] [any where n == 1] [any where n == 2]", events), ElementsAre("012"));
  EXPECT_EQ(stats_.no_timestamp, 0u);
  recorder_.alerts.clear();
  EXPECT_THAT(Run("sequence with maxspan=1d [any where n < 2] [any where n > 0]", events), ElementsAre());
  EXPECT_THAT(Run("sequence with maxspan=1d [any where n == 0] ![any where n == 1]", events), ElementsAre("0-"));
  recorder_.alerts.clear();
  EXPECT_THAT(Run("sequence [any where n == 0] [any where n == 2]", {events[2], events[1], events[0]}, kSortAll),
              ElementsAre("02"));
}

TEST_P(SessionTest, CountsEventsThatSequencesCannotPlace) {
  Run("sequence [any where true] [any where true]", {R"({"n":1})", R"({"n":2})"});
  EXPECT_EQ(stats_.no_timestamp, 2u);
}

TEST_P(SessionTest, ReportsASinkThatFails) {
  recorder_.fail = true;
  Run("any where true", EventsAt({0, 1}));
  EXPECT_EQ(stats_.sink_errors, 2u);
  EXPECT_EQ(recorder_.alerts.size(), 2u) << "later alerts are still offered";
}

// Through whatever code an alert comes, an exception must not pass it.
TEST_P(SessionTest, WhatASinkThrowsIsAnError) {
  recorder_.throws = true;
  for (const char* query : {"any where true", "sequence [any where true] [any where true]", "any where true | tail 2",
                            "sequence with maxspan=1s [any where true] ![any where n == 99]"}) {
    recorder_.alerts.clear();
    const size_t alerts = Run(query, EventsAt({0, 10, 20, 30})).size();
    EXPECT_GE(alerts, 2u) << query << ": later alerts are still offered";
    EXPECT_EQ(stats_.sink_errors, alerts) << query;
  }
}

TEST_P(SessionTest, WhiteSpaceAroundAnEventIsNoPartOfIt) {
  const CompileResult compiled = Compile({{"q.eql", "any where true"}}, options_);
  testing::RecordingSink sink;
  Session session(compiled.program, sink, {.engine = GetParam()});
  for (const char* event : {"{\"n\":1}", " \t{\"n\":1}", "{\"n\":1}\r\n"}) EXPECT_TRUE(session.Push(event).ok());
  session.PushLines("  {\"n\":1} \r\n");
  EXPECT_TRUE(session.Finish().ok());
  ASSERT_EQ(sink.alerts.size(), 4u);
  for (const std::string& alert : sink.alerts) EXPECT_EQ(alert, sink.alerts[0]);
}

// Nor does a recording that begins anew, such as that of another machine.
TEST_P(SessionTest, AnEventOfAnotherTimeReleasesNothing) {
  const char* const query = "sequence by k with maxspan=10s [any where a == 1] ![any where a == 2]";
  const auto event = [](const char* key, int a, int64_t second) {
    return fmt::format(R"({{"@timestamp":{},"k":"{}","a":{},"n":{}}})", 1'700'000'000 + second, key, a, a);
  };
  std::vector<std::string> events = {event("wrong", 3, 2'000'000'000)};
  for (const int64_t begin : {0, -100'000}) {
    for (int i = 0; i < 8; ++i) events.push_back(event("x", 3, begin));
    for (int i = 1; i < 9; ++i) {
      events.push_back(event("k", 1, begin + 20 * i));
      events.push_back(event("wrong", 1, 2'000'000'000 + i));
      events.push_back(event("k", 2, begin + 20 * i + 5));
    }
  }
  Run(query, events);
  EXPECT_EQ(stats_.alerts, 16u) << "those of the wrong clock, which nothing follows";
}

// Of whatever is open.
TEST_P(SessionTest, AnEventOfAnotherTimeExpiresNothing) {
  std::vector<std::string> events;
  for (int i = 0; i < 10; ++i) {
    const std::pair<int64_t, int> times[] = {{100 * i, 1}, {2'000'000'000 + i, 3}, {100 * i + 5, 2}};
    for (const auto& [second, n] : times) {
      events.push_back(fmt::format(R"({{"@timestamp":{},"n":{}}})", 1'700'000'000 + second, n));
    }
  }
  EXPECT_EQ(Run("sequence with maxspan=10s [any where n == 1] [any where n == 2]", events).size(), 10u);
}

TEST_P(SessionTest, TimeGoesOnWithoutEvents) {
  constexpr int64_t kSecond = 1'000'000'000, kStart = 1'700'000'000 * kSecond;
  const auto alerts_after = [&](const char* query, int64_t reorder_ns, int64_t seconds) {
    testing::RecordingSink sink;
    Session session(Compile({{"q.eql", query}}, options_).program, sink,
                    {.engine = GetParam(), .reorder_ns = reorder_ns});
    EXPECT_TRUE(session.Push(EventsAt({0})[0]).ok());
    EXPECT_EQ(session.stats().newest_ns, kStart);
    session.AdvanceTime(kStart + seconds * kSecond);
    EXPECT_EQ(session.stats().newest_ns, kStart) << "no event came";
    return sink.alerts.size();
  };
  const char* const missing = "sequence with maxspan=10s [any where true] ![any where n == 99]";
  EXPECT_EQ(alerts_after(missing, 0, 9), 0u);
  EXPECT_EQ(alerts_after(missing, 0, 11), 1u);
  EXPECT_EQ(alerts_after(missing, 5 * kSecond, 14), 0u);
  EXPECT_EQ(alerts_after(missing, 5 * kSecond, 16), 1u);
  EXPECT_EQ(alerts_after("any where true", 5 * kSecond, 4), 0u);
  EXPECT_EQ(alerts_after("any where true", 5 * kSecond, 5), 1u);
}

INSTANTIATE_TEST_SUITE_P(Engines, SessionTest, ::testing::Values(Engine::kNative, Engine::kInterpreter),
                         [](const auto& param_info) {
                           return param_info.param == Engine::kNative ? "Native" : "Interpreter";
                         });

TEST(Session, CountsBadEventsAndGoesOn) {
  Recorder recorder;
  Session session(Compile({{"q.eql", "any where true"}}).program, recorder);
  EXPECT_FALSE(session.Push("not json").ok());
  EXPECT_FALSE(session.Push("[1]").ok());
  EXPECT_TRUE(session.Push(R"({"n":1})").ok());
  EXPECT_EQ(session.stats().bad_events, 2u);
  EXPECT_EQ(session.stats().events, 1u);
  EXPECT_EQ(session.stats().alerts, 1u);
}

TEST(Compile, LeavesOutBadRulesOnly) {
  const CompileResult result =
      Compile({{"a.eql", "any where ("}, {"b.eql", "any where true"}, {"c.eql", "any where nope(1) == 2"}});
  EXPECT_EQ(result.rules_total, 3u);
  EXPECT_EQ(result.rules_failed, 2u);
  ASSERT_EQ(result.program->rules().size(), 1u);
  EXPECT_EQ(result.program->rules()[0].id, "b");
  EXPECT_THAT(result.diagnostics[0].range.file, HasSubstr("a.eql"));
}

TEST(Compile, OfNothingIsAnEmptyProgram) {
  const CompileResult result = Compile({});
  ASSERT_TRUE(result.program);
  EXPECT_TRUE(result.program->rules().empty());
}

// What was found before stays.
TEST(Dump, AppendsItsFindings) {
  std::vector<Diagnostic> findings;
  const auto count_behind = [&](const auto& call) {
    call();
    return findings.size();
  };
  EXPECT_EQ(count_behind([&] { EvalConstant("a + 1", {}, findings); }), 1u);
  EXPECT_EQ(count_behind([&] { CheckExpression("a +", {}, findings); }), 2u);
  EXPECT_EQ(count_behind([&] { (void)Dump({{"rule.eql", "any where ("}}, Stage::kAst, {}, findings); }), 3u);
  EXPECT_EQ(count_behind([&] { (void)DumpFiles({"/nonexistent.eql"}, Stage::kAst, {}, findings); }), 4u);
  EXPECT_EQ(findings[0].range.file, "<expression>");
  EXPECT_EQ(findings[2].range.file, "rule.eql");
}

TEST(EvalConstant, GivesJson) {
  std::vector<Diagnostic> diagnostics;
  EXPECT_EQ(EvalConstant("1 + 2", {}, diagnostics), "3");
  EXPECT_EQ(EvalConstant("\"a\\n\"", {}, diagnostics), "\"a\\n\"");
  EXPECT_EQ(EvalConstant("null == null", {}, diagnostics), "true");
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(EvalConstant("a + 1", {}, diagnostics), "");
  EXPECT_FALSE(diagnostics.empty());
}

TEST(CompileTest, AStrictSchemaRefusesOtherFields) {
  CompileOptions options;
  options.schema = *Schema::Parse(R"({"pid": "long", "event.category": "keyword"})");
  options.strict_schema = true;
  const CompileResult result =
      Compile({{"a.eql", "process where pit == 1"}, {"b.eql", "process where pid == 1"}}, options);
  EXPECT_EQ(result.rules_failed, 1u);
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(result.diagnostics[0].message, "Unknown column [pit], did you mean [pid]?");
}

}  // namespace
}  // namespace eqlc
