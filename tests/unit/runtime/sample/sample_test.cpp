#include "runtime/sample/sample.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/support/plan_builder.h"

namespace eqlc::testing {
namespace {

struct TestSample {
  std::string key;  // JSON texts
  std::vector<int> events;

  auto operator<=>(const TestSample&) const = default;
};

// One rule whose filters are letters: an event is of every filter whose letter it has. Field 0 is the key.
class SampleUnderTest : private MatchReceiver {
 public:
  explicit SampleUnderTest(std::string filters, SampleOptions options = {}, bool optional = false,
                           size_t max_bytes = size_t{1} << 30, int64_t window = -1)
      : filters_(std::move(filters)),
        budget_(max_bytes),
        engine_(Plan(filters_, optional, window), options, budget_, *this) {}

  void Feed(const TestEvent& event) {
    const std::string text = std::to_string(fed_++);
    CurrentEvent current(events_);
    current.Reset(text, event.time);
    FilterMask mask = 0;
    for (size_t f = 0; f < filters_.size(); ++f) {
      if (event.letters.find(filters_[f]) != std::string::npos) mask |= FilterMask{1} << f;
    }
    engine_.Advance(current, event.time, frame_.Fill(event.keys), mask);
  }
  void FeedAll(std::string_view events) {
    for (const TestEvent& event : ParseEvents(events)) Feed(event);
  }
  void Finish() { engine_.Finish(); }

  const std::vector<TestSample>& samples() const { return samples_; }
  const StateBudget& budget() const { return budget_; }
  const SampleEngine& engine() const { return engine_; }
  // `"x": 0 2 | "y": 3 4`
  std::string Text() const {
    std::string text;
    for (const TestSample& sample : samples_) {
      text += fmt::format("{}{}:", text.empty() ? "" : " | ", sample.key);
      for (const int event : sample.events) text += fmt::format(" {}", event);
    }
    return text;
  }

 private:
  static SamplePlan Plan(const std::string& filters, bool optional, int64_t window) {
    return {0, window, std::vector<uint32_t>(filters.size(), 0), {{{0, optional ? uint8_t{1} : uint8_t{0}}}}};
  }
  void OnMatch(const SequenceMatch& match) override {
    TestSample sample;
    for (const std::string& key : match.join_keys) sample.key += key;
    for (const EventRecord* record : match.events) sample.events.push_back(std::stoi(std::string(record->json())));
    samples_.push_back(std::move(sample));
  }

  std::string filters_;
  SlabPool events_;
  StateBudget budget_;
  SampleEngine engine_;
  TestFrame frame_;
  int fed_ = 0;
  std::vector<TestSample> samples_;
};

TEST(SampleTest, ReportsAKeyOnceWhenItIsComplete) {
  SampleUnderTest sample("AB");
  sample.FeedAll("B1/x A2/y A3/x A4/x B5/x B6/y");
  EXPECT_EQ(sample.Text(), R"("x": 2 0 | "y": 1 5)");
  sample.Finish();
  EXPECT_EQ(sample.samples().size(), 2u);
}

TEST(SampleTest, OneEventDoesNotFillTwoFilters) {
  SampleUnderTest sample("AB");
  sample.FeedAll("AB1/x");
  EXPECT_EQ(sample.Text(), "");
  sample.FeedAll("AB1/x");
  EXPECT_EQ(sample.Text(), R"("x": 1 0)");
}

TEST(SampleTest, TheSameFilterTwiceNeedsTwoEvents) {
  SampleUnderTest sample("AA");
  sample.FeedAll("A1/x A1/y A1/x");
  EXPECT_EQ(sample.Text(), R"("x": 2 0)");
}

TEST(SampleTest, EachValueOfAKeyCounts) {
  SampleUnderTest sample("AB");
  sample.FeedAll("A1/x,y B1/y,z,x");
  EXPECT_EQ(sample.Text(), R"("x": 0 1 | "y": 0 1)");
}

TEST(SampleTest, OnlyAnOptionalKeyMayBeMissing) {
  SampleUnderTest mandatory("AB");
  mandatory.FeedAll("A1 B1");
  EXPECT_EQ(mandatory.Text(), "");
  EXPECT_EQ(mandatory.budget().used_bytes, 0u);
  SampleUnderTest optional("AB", {}, true);
  optional.FeedAll("A1 A1/x B1");
  EXPECT_EQ(optional.Text(), "null: 0 2");
}

TEST(SampleTest, SeveralSamplesPerKeyComeAsTheyCan) {
  SampleUnderTest sample("AB", {.max_per_key = 2});
  sample.FeedAll("A1/x A1/x B1/x B1/x A1/y B1/y B1/y");
  EXPECT_EQ(sample.Text(), R"("x": 0 2 | "x": 1 2 | "y": 4 5 | "y": 4 6)");
}

TEST(SampleTest, AtFinishKeysAreSorted) {
  SampleUnderTest sample("AB", {.max_per_key = 2, .at_finish = true}, true);
  sample.FeedAll("A1/b B1/b B1/B A1/B A1/a A1/a B1/a A1 B1 A1/c");
  EXPECT_EQ(sample.Text(), "");
  sample.Finish();
  EXPECT_EQ(sample.Text(), R"(null: 7 8 | "B": 3 2 | "a": 4 6 | "a": 5 6 | "b": 0 1)");
}

TEST(SampleTest, DoneKeysHoldNoEvents) {
  SampleUnderTest sample("AB");
  sample.FeedAll("A1/x B1/x");
  const size_t done = sample.budget().used_bytes;
  for (int i = 0; i < 100; ++i) sample.FeedAll("AB1/x");
  EXPECT_EQ(sample.budget().used_bytes, done);
  EXPECT_LE(done, 200u) << "the key and its bucket";
  EXPECT_EQ(sample.samples().size(), 1u);
}

TEST(SampleTest, AKeyKeepsAFewEventsPerFilter) {
  SampleUnderTest sample("AB");
  for (int i = 0; i < 1000; ++i) sample.FeedAll("A1/x");
  EXPECT_LE(sample.budget().used_bytes, 500u) << "two events, not a thousand";
}

// Number of assignments: the keys of a sample have no order, so all of them count.
uint64_t CountAssignments(const std::string& filters, const std::vector<std::string>& events, size_t filter,
                          std::set<size_t>& used) {
  if (filter == filters.size()) return 1;
  uint64_t count = 0;
  for (size_t e = 0; e < events.size(); ++e) {
    if (events[e].find(filters[filter]) == std::string::npos || !used.insert(e).second) continue;
    count += CountAssignments(filters, events, filter + 1, used);
    used.erase(e);
  }
  return count;
}

// After every event, each key has given as many samples as there are, up to the maximum; all are right, none twice.
TEST(SampleTest, AgreesWithBruteForceOnRandomStreams) {
  std::mt19937 random(7);
  const std::string letters = "ABCDE";
  uint64_t samples = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string filters = letters.substr(0, 2 + random() % 4);
    const uint32_t max_per_key = 1 + random() % 3;
    const bool at_finish = random() % 2 == 0;
    SampleUnderTest sample(filters, {max_per_key, at_finish});
    std::vector<TestEvent> events;
    std::map<std::string, std::vector<std::string>> by_key;  // letters of its events
    const auto check = [&] {
      uint64_t expected = 0;
      for (const auto& [key, of_key] : by_key) {
        std::set<size_t> used;
        expected += std::min<uint64_t>(max_per_key, CountAssignments(filters, of_key, 0, used));
      }
      ASSERT_EQ(sample.samples().size(), expected) << filters << " max " << max_per_key << " finish " << at_finish;
    };
    for (int i = 0; i < 14; ++i) {
      TestEvent event;
      for (const char letter : filters) {
        if (random() % 3 == 0) event.letters += letter;
      }
      for (const char* key : {"x", "y"}) {
        if (random() % 3 != 0) event.keys.push_back(key);
      }
      for (const std::string& key : event.keys) by_key['"' + key + '"'].push_back(event.letters);
      events.push_back(event);
      sample.Feed(event);
      if (!at_finish) check();
    }
    sample.Finish();
    check();
    samples += sample.samples().size();
    std::set<TestSample> distinct(sample.samples().begin(), sample.samples().end());
    EXPECT_EQ(distinct.size(), sample.samples().size());
    for (const TestSample& found : sample.samples()) {
      EXPECT_EQ(std::set<int>(found.events.begin(), found.events.end()).size(), filters.size());
      for (size_t f = 0; f < filters.size(); ++f) {
        const TestEvent& event = events[static_cast<size_t>(found.events[f])];
        EXPECT_NE(event.letters.find(filters[f]), std::string::npos);
        EXPECT_NE(std::find(event.keys.begin(), event.keys.end(), found.key.substr(1, 1)), event.keys.end());
      }
    }
  }
  EXPECT_GT(samples, 500u);
}

SampleUnderTest WithWindow(const char* filters, int64_t window) {
  return SampleUnderTest(filters, {}, false, size_t{1} << 30, window);
}

TEST(SampleTest, EventsOfASampleArriveWithinTheWindow) {
  SampleUnderTest sample = WithWindow("AB", 10);
  sample.FeedAll("A0/x B11/x A12/y B22/y A40/z A41/z A42/z B51/z");
  EXPECT_EQ(sample.Text(), R"("y": 2 3 | "z": 5 7)") << "the last candidates are kept, A40 is one too many";
}

TEST(SampleTest, AKeyIsDoneForTheWindow) {
  SampleUnderTest sample = WithWindow("AB", 10);
  sample.FeedAll("A1/x B2/x A3/x B12/x A13/x B14/x");
  EXPECT_EQ(sample.Text(), R"("x": 0 1 | "x": 4 5)");
}

TEST(SampleTest, ALateEventGetsItsWindowToo) {
  SampleUnderTest sample = WithWindow("AB", 10);
  sample.FeedAll("A100/x A1/y B2/y");
  EXPECT_EQ(sample.Text(), R"("y": 1 2)");
}

TEST(SampleTest, KeysBehindTheWindowAreLetGo) {
  SampleUnderTest sample = WithWindow("AB", 10);
  for (int i = 0; i < 10'000; ++i) sample.Feed({"A", i, {fmt::format("key{}", i)}});
  EXPECT_LE(sample.engine().key_count(), 12u);
  EXPECT_EQ(sample.budget().evicted_partials, 0u);
}

TEST(SampleTest, WindowsAgreeWithBruteForceOnRandomStreams) {
  std::mt19937 random(11);
  uint64_t samples = 0, done_again = 0;
  for (int round = 0; round < 300; ++round) {
    const std::string filters = std::string("ABCD").substr(0, 2 + random() % 3);
    const int64_t window = 3 + random() % 6;
    SampleUnderTest sample(filters, {}, false, size_t{1} << 30, window);
    std::vector<std::pair<int64_t, std::string>> open;  // since the key was last done
    int64_t now = 0, done = INT64_MIN / 2;
    uint64_t expected = 0;
    for (int i = 0; i < 40; ++i) {
      TestEvent event{{}, now += random() % 3, {"x"}};
      for (const char letter : filters) {
        if (random() % 4 == 0) event.letters += letter;
      }
      sample.Feed(event);
      if (done >= now - window) continue;
      open.emplace_back(now, event.letters);
      std::vector<std::string> inside;
      for (const auto& [time, letters] : open) {
        if (time >= now - window) inside.push_back(letters);
      }
      std::set<size_t> used;
      if (CountAssignments(filters, inside, 0, used) > 0) {
        done_again += expected > 0;
        ++expected;
        done = now;
        open.clear();
      }
      ASSERT_EQ(sample.samples().size(), expected) << "round " << round << " event " << i;
    }
    samples += expected;
  }
  EXPECT_GT(samples, 300u);
  EXPECT_GT(done_again, 100u);
}

TEST(SampleTest, BudgetEvictsTheLeastRecentlyUsedKeys) {
  constexpr int kKeys = 20'000;
  SampleUnderTest sample("AB", {}, false, 256u << 10);
  for (int i = 0; i < kKeys; ++i) {
    sample.Feed({"A", i, {fmt::format("key{}", i)}});
    sample.Feed({"A", i, {"busy"}});
    ASSERT_LE(sample.budget().used_bytes, 256u << 10);
  }
  const StateBudget& budget = sample.budget();
  EXPECT_GT(budget.evicted_partials, 0u);
  EXPECT_EQ(budget.evicted_partials + budget.open_partials, static_cast<uint64_t>(kKeys) + 1);
  EXPECT_EQ(budget.open_partials, sample.engine().key_count());
  sample.Feed({"B", 0, {"busy"}});
  sample.Feed({"B", 0, {"key0"}});
  sample.Feed({"B", 0, {fmt::format("key{}", kKeys - 1)}});
  EXPECT_EQ(sample.samples().size(), 2u) << "busy and the newest are there, the oldest is not";
}

}  // namespace
}  // namespace eqlc::testing
