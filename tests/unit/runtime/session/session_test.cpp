// What a Session promises of PushLines, with a program made by hand: an event rule and a sequence by a key.
#include "eqlc/session.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>
#include <thread>

#include "runtime/program/program.h"
#include "tests/support/lines_run.h"
#include "tests/support/recording_sink.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using testing::ExpectSameInParallel;
using ::testing::HasSubstr;
using testing::ImageBuilder;
using testing::LinesRun;
using testing::RecordingSink;
using testing::RenderedSink;

// `any where a == 3`, and `sequence by k with maxspan=1m [any where a == 1] [any where a == 2]`; time is in `t`, the
// tiebreaker in `tie`.
std::shared_ptr<const Program> Rules() {
  ImageBuilder b;
  const abi::ExprId a = b.Field("a");
  for (const char* path : {"k", "t", "tie"}) b.fields.push_back({b.Text(path), abi::kNone, abi::kNone});
  b.timestamp_field = 2;
  b.tiebreaker_field = 3;
  b.keys.push_back({.field = 1, .optional = 0});
  const auto equals = [&](int64_t n) { return b.Condition(b.Leaf(b.Node(abi::Op::kEq, {a, b.Int(n)}))); };
  b.Rule(RuleKind::kEvent, {equals(3)});
  abi::ImageRule& sequence = b.Rule(RuleKind::kSequence, {equals(1), equals(2)});
  sequence.key_count = 1;
  sequence.maxspan_ns = 60'000'000'000;
  auto image = Image::Parse(b.Build());
  EXPECT_TRUE(image.ok()) << image.error().message;
  auto program = LinkProgram(std::move(*image), nullptr);
  EXPECT_TRUE(program.ok());
  return *program;
}

// Of all that a line can be: events with and without what the rules look for, late ones, without time, in envelopes,
// not UTF-8, with escapes in the key; blank and bad lines.
std::string Text(int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) {
    const int a = i * 7 % 5;
    const int k = i * 11 % 13;
    const int t = 1'700'000'000 + (i % 17 == 3 ? i - 40 : i);
    switch (i % 11) {
      case 3:
        text += fmt::format("{{\"_id\":\"{}\",\"_source\":{{\"a\":{},\"k\":\"{}\",\"t\":{}}}}}\r\n", i, a, k, t);
        break;
      case 5:
        text += fmt::format("{{\"a\":{},\"k\":\"{}\",\"t\":{},\"x\":\"\xFF\"}}\n", a, k, t);
        break;
      case 7:
        text += fmt::format("{{\"a\":{},\"k\":\"\\u003{}\",\"tie\":\"\\u003{}\",\"t\":{}}}\n", a, k % 10, i % 3, t);
        break;
      case 8:
        text += i % 3 == 0 ? "\n" : i % 3 == 1 ? "{\"a\":\n" : " \r\n";
        break;
      case 9:
        text += fmt::format("{{\"a\":{},\"k\":\"{}\"}}\n", a, k);
        break;
      default:
        text += fmt::format("{{\"a\":{},\"k\":\"{}\",\"t\":{},\"i\":{}}}\n", a, k, t, i);
    }
  }
  return text;
}

TEST(SessionLines, DoNotDependOnThreadsAndChunks) {
  const auto program = Rules();
  const std::string text = Text(1'000);
  for (const int64_t reorder_ns : {int64_t{0}, int64_t{30'000'000'000}, kSortAll}) {
    SCOPED_TRACE(reorder_ns);
    const LinesRun run = ExpectSameInParallel(program, {.reorder_ns = reorder_ns}, text);
    EXPECT_GT(run.alerts.size(), 200u);
    EXPECT_GT(run.bad_lines.size(), 20u);
    EXPECT_THAT(run.stats, HasSubstr("rule"));
  }
  // One that forgets partials, one with a size.
  ExpectSameInParallel(program, {.max_state_bytes = 2'000}, text, {3});
  ExpectSameInParallel(program, {.size = 5}, text, {3});
  // The last line needs no newline.
  ExpectSameInParallel(program, {}, std::string_view(text).substr(0, text.size() - 1), {100});
}

TEST(SessionLines, TellWhatBecameOfThem) {
  const auto program = Rules();
  RecordingSink sink;
  Session session(program, sink, {.threads = 2});
  std::vector<LinesDone> all;
  const OnLinesDone keep = [&](LinesDone&& done) { all.push_back(std::move(done)); };
  session.PushLines("{\"a\":3}\n\n[]\n{}\n{", keep);
  session.PushLines("", keep);
  session.PushLines("{\"a\":3}");
  session.Drain();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].text, "{\"a\":3}\n\n[]\n{}\n{");
  EXPECT_EQ(all[0].newlines, 4u);
  ASSERT_EQ(all[0].bad_lines.size(), 2u);
  EXPECT_EQ(all[0].bad_lines[0].number, 3u);
  EXPECT_THAT(all[0].bad_lines[0].message, HasSubstr("not a JSON object"));
  EXPECT_EQ(all[0].bad_lines[1].number, 5u);
  EXPECT_EQ(session.stats().events, 3u);
  EXPECT_EQ(session.stats().bad_events, 2u);
  EXPECT_EQ(sink.alerts.size(), 2u);
}

std::string Event(int a, int64_t t, const char* k = "x") {
  return fmt::format(R"({{"a":{},"k":"{}","t":{}}})", a, k, 1'700'000'000 + t);
}

// Nothing waits for the second item while no partial is open, but what depends on it is the same.
TEST(SessionSequences, AreNotGivenWhatNothingWaitsFor) {
  for (const bool use_index : {true, false}) {
    const auto program = Rules();
    RecordingSink sink;
    Session session(program, sink, {.use_index = use_index});
    const auto push = [&](const std::string& event) { EXPECT_TRUE(session.Push(event).ok()); };
    push(R"({"a":2,"k":"x"})");
    EXPECT_EQ(session.stats().no_timestamp, 1u) << "it was left out, though it would have begun nothing";
    push(Event(2, 100));
    EXPECT_EQ(session.stats().open_partials, 0u);
    // Late by more than maxspan: has as much time as if it had come in time, by the clock of all events.
    push(Event(1, 0));
    push(Event(1, 80, "y"));
    push(Event(2, 50));
    EXPECT_EQ(session.stats().alerts, 1u);
    push(Event(2, 81, "y"));
    EXPECT_EQ(session.stats().alerts, 2u);
    EXPECT_EQ(session.stats().open_partials, 0u);
    push(Event(2, 82, "y"));
    push(Event(1, 83));
    push(Event(2, 84));
    EXPECT_EQ(session.stats().alerts, 3u) << "it opens again";
  }
}

// One that was evicted is taken for open until its next event.
TEST(SessionSequences, GoOnAfterAnEviction) {
  const auto program = Rules();
  RecordingSink sink;
  Session session(program, sink, {.max_state_bytes = 2'000});
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(session.Push(Event(1, i, fmt::format("{}", i).c_str())).ok());
  EXPECT_GT(session.stats().evicted_partials, 50u);
  EXPECT_TRUE(session.Push(Event(2, 101, "99")).ok());
  EXPECT_TRUE(session.Push(Event(2, 101, "0")).ok());
  EXPECT_EQ(session.stats().alerts, 1u);
}

TEST(SessionLines, MayBeMixedWithSingleEvents) {
  const auto program = Rules();
  RecordingSink sink;
  Session session(program, sink, {.threads = 3});
  for (int i = 0; i < 50; ++i) {
    session.PushLines(fmt::format("{{\"a\":3,\"i\":{}}}\n", 2 * i));
    if (i % 7 != 0) continue;
    EXPECT_TRUE(session.Push(fmt::format("{{\"a\":3,\"i\":{}}}", 2 * i + 1)).ok());
  }
  EXPECT_TRUE(session.Finish().ok());
  ASSERT_EQ(sink.alerts.size(), 58u);
  EXPECT_EQ(sink.alerts[1], "rule-0\n  {\"a\":3,\"i\":1}");
  EXPECT_EQ(sink.alerts[2], "rule-0\n  {\"a\":3,\"i\":2}");
}

// Counts alerts, and refuses or throws at some.
class BrokenSink : public AlertSink {
 public:
  Status Write(const Alert&) override {
    EXPECT_EQ(std::this_thread::get_id(), owner_) << "sinks are called by the caller's thread alone";
    if (++alerts == throws_at) throw std::runtime_error("the sink is broken");
    return alerts % 10 == 0 ? Status(Error{fmt::format("no room for alert {}", alerts)}) : Status();
  }

  int alerts = 0;
  int throws_at = 0;

 private:
  const std::thread::id owner_ = std::this_thread::get_id();
};

TEST(SessionLines, ReportAFullDiskAndGoOn) {
  const auto program = Rules();
  for (const uint32_t threads : {1, 4}) {
    BrokenSink sink;
    Session session(program, sink, {.threads = threads});
    for (int i = 0; i < 100; ++i) session.PushLines("{\"a\":3}\n{}\n{\"a\":3}\n");
    const Status finished = session.Finish();
    ASSERT_FALSE(finished.ok());
    EXPECT_EQ(finished.error().message, "no room for alert 10");
    EXPECT_EQ(session.stats().alerts, 200u);
    EXPECT_EQ(session.stats().sink_errors, 20u);
  }
}

TEST(SessionLines, EndWithTheSessionWhenNobodyWaitsForThem) {
  const auto program = Rules();
  for (int i = 0; i < 20; ++i) {
    RecordingSink sink;
    Session session(program, sink, {.threads = 4});
    for (int j = 0; j < i; ++j) session.PushLines(Text(50));
  }
}

TEST(SessionLines, ReportAnExceptionOfTheSink) {
  const auto program = Rules();
  BrokenSink sink;
  sink.throws_at = 5;
  Session session(program, sink, {.threads = 4});
  for (int i = 0; i < 100; ++i) session.PushLines("{\"a\":3}\n");
  EXPECT_FALSE(session.Finish().ok());
  EXPECT_EQ(session.stats().alerts, 100u);
  EXPECT_EQ(session.stats().sink_errors, 11u) << "every tenth fails, one throws";
}

// Drain flushes again and again while nothing comes.
TEST(SessionLines, CountFlushesThatFailInARowOnce) {
  class FullDisk : public RecordingSink {
   public:
    Status Flush() override { return Error{"no space"}; }
  } sink;
  Session session(Rules(), sink);
  for (int i = 0; i < 3; ++i) session.Drain();
  EXPECT_EQ(session.stats().sink_errors, 1u);
  EXPECT_FALSE(session.Finish().ok());
  EXPECT_EQ(session.stats().sink_errors, 1u);
}

// `rules` rules, each of which every event matches.
std::shared_ptr<const Program> MatchingRules(uint32_t rules) {
  ImageBuilder b;
  const abi::ConditionId always = b.Condition(b.Node(abi::Op::kAll, {}));
  for (uint32_t i = 0; i < rules; ++i) b.Rule(RuleKind::kEvent, {i == 0 ? always : b.Condition(0)});
  auto image = Image::Parse(b.Build());
  EXPECT_TRUE(image.ok()) << image.error().message;
  auto program = LinkProgram(std::move(*image), nullptr);
  EXPECT_TRUE(program.ok());
  return *program;
}

// More matches than are kept of a chunk: the others are found when it is their turn.
TEST(SessionLines, HaveBoundedResults) {
  const uint32_t rules = 1'000;
  const uint32_t events = limits::kMaxMatchesPerChunk / rules + 50;
  std::string lines;
  for (uint32_t i = 0; i < events; ++i) lines += "{}\n";
  BrokenSink sink;
  Session session(MatchingRules(rules), sink, {.threads = 2});
  for (int i = 0; i < 4; ++i) session.PushLines(lines);
  session.Drain();
  EXPECT_EQ(session.stats().alerts, uint64_t{4} * events * rules);
}

// Renders alerts at length, and may throw at some: as if memory were out.
class LongSink : public RecordingSink {
 public:
  explicit LongSink(size_t bytes, std::atomic<int>* throws_in = nullptr) : bytes_(bytes), throws_in_(throws_in) {}

  std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo>) const override {
    return std::make_unique<Renderer>(bytes_, throws_in_);
  }
  Status Write(const Alert& alert) override {
    EXPECT_EQ(alert.text.size(), bytes_ + alert.events[0].size());
    EXPECT_TRUE(alert.text.ends_with(alert.events[0]));
    alerts.emplace_back(alert.text.substr(bytes_));
    return {};
  }

 private:
  class Renderer : public AlertRenderer {
   public:
    Renderer(size_t bytes, std::atomic<int>* throws_in) : bytes_(bytes), throws_in_(throws_in) {}
    void Render(const Alert& alert, std::string& out) const override {
      out.append(bytes_, '.');
      if (throws_in_ != nullptr && --*throws_in_ == 0) throw std::bad_alloc();
      out += alert.events[0];
    }

   private:
    const size_t bytes_;
    std::atomic<int>* const throws_in_;
  };

  const size_t bytes_;
  std::atomic<int>* const throws_in_;
};

std::vector<std::string> Numbered(int events, const std::string& format) {
  std::vector<std::string> lines;
  for (int i = 0; i < events; ++i) lines.push_back(fmt::format(fmt::runtime(format), i));
  return lines;
}

TEST(SessionAlerts, KeepTheirOrderWhenTheyAreManyAndLong) {
  const auto program = MatchingRules(3);
  for (const size_t bytes :
       {size_t{0}, size_t{1'000}, limits::kRenderedBytesPerBatch / 3, 3 * limits::kRenderedBytesPerBatch}) {
    SCOPED_TRACE(bytes);
    const int events = bytes > 100'000 ? 30 : 2'000;
    for (const uint32_t threads : {1, 2, 5}) {
      LongSink sink(bytes);
      Session session(program, sink, {.threads = threads});
      std::vector<std::string> expected;
      std::string lines;
      for (const std::string& event : Numbered(events, "{{\"i\":{}}}")) {
        for (int rule = 0; rule < 3; ++rule) expected.push_back(event);
        lines += event + '\n';
      }
      session.PushLines(lines);
      session.PushLines(lines);
      const std::vector<std::string> once = expected;
      expected.insert(expected.end(), once.begin(), once.end());
      EXPECT_TRUE(session.Finish().ok());
      EXPECT_EQ(sink.alerts, expected);
    }
  }
}

TEST(SessionAlerts, AreGivenBeforeTheirLinesAreDone) {
  const auto program = Rules();
  for (const uint32_t threads : {1, 2, 4}) {
    RenderedSink sink;
    Session session(program, sink, {.threads = threads});
    size_t done = 0;
    for (int i = 0; i < 500; ++i) {
      // Every third chunk without alert.
      const std::string lines = i % 3 == 0 ? "{}\n" : "{\"a\":3}\n{\"a\":3}\n";
      session.PushLines(lines, [&, i](LinesDone&&) {
        const size_t expected = 2 * (static_cast<size_t>(i) - static_cast<size_t>(i) / 3);
        EXPECT_EQ(sink.alerts.size(), expected) << "after chunk " << i;
        EXPECT_EQ(session.stats().alerts, expected);
        ++done;
      });
    }
    session.Drain();
    EXPECT_EQ(done, 500u);
  }
}

TEST(SessionAlerts, OfSingleEventsAreGivenAtOnce) {
  RenderedSink sink;
  Session session(Rules(), sink, {.threads = 4});
  for (size_t i = 1; i <= 100; ++i) {
    EXPECT_TRUE(session.Push(R"({"a":3})").ok());
    EXPECT_EQ(sink.alerts.size(), i);
  }
}

// On the caller's thread it is lost, and that is said.
TEST(SessionAlerts, AreRenderedAgainWhenAThreadHadNoMemory) {
  const auto program = MatchingRules(2);
  for (int at = 1; at < 60; ++at) {
    std::atomic<int> throws_in = at;
    LongSink sink(10, &throws_in);
    Session session(program, sink, {.threads = 3});
    for (int i = 0; i < 10; ++i) session.PushLines("{\"b\":1}\n{\"b\":2}\n{\"b\":3}\n");
    const bool complete = session.Finish().ok();
    EXPECT_EQ(sink.alerts.size(), complete ? 60u : 59u);
    EXPECT_EQ(session.stats().sink_errors, complete ? 0u : 1u);
  }
}

TEST(SessionAlerts, EndWithTheSessionWhenNobodyWaitsForThem) {
  const auto program = MatchingRules(50);
  for (int i = 0; i < 20; ++i) {
    LongSink sink(5'000);
    Session session(program, sink, {.threads = 3});
    for (int j = 0; j < i; ++j) session.PushLines("{}\n{}\n");
  }
}

}  // namespace
}  // namespace eqlc
