// MatchOrder: a match that waits for a trailing missing item is decided late; as listed it still comes in the order of
// its last event.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/plan_builder.h"

namespace eqlc::testing {
namespace {

constexpr size_t kPlenty = size_t{1} << 30;

std::string MatchesOf(const char* rule, const char* events, MatchOrder order) {
  TestEngine engine(ParseRule(rule), nullptr, kPlenty, order);
  engine.FeedAll(ParseEvents(events));
  engine.Finish();
  EXPECT_EQ(engine.budget().used_bytes, 0u) << rule;
  return engine.Text();
}

TEST(MatchOrderTest, EarlierLastEventComesFirst) {
  const char* rule = "by A B !C maxspan=10";
  const char* events = "A0/x A1/y B2/y B5/x A30/z B31/z";
  EXPECT_EQ(MatchesOf(rule, events, MatchOrder::kAsDecided), R"("x": A0 B5 - | "y": A1 B2 - | "z": A30 B31 -)");
  EXPECT_EQ(MatchesOf(rule, events, MatchOrder::kAsListed), R"("y": A1 B2 - | "x": A0 B5 - | "z": A30 B31 -)");
}

TEST(MatchOrderTest, ADecidedMatchWaitsForAnUndecidedOne) {
  const char* rule = "by !A B !C maxspan=10";
  // x waits for C until 12, because of its A; y has none and is decided at once.
  EXPECT_EQ(MatchesOf(rule, "A2/x B5/x B6/y B30/z", MatchOrder::kAsDecided),
            R"("y": - B6 - | "x": - B5 - | "z": - B30 -)");
  EXPECT_EQ(MatchesOf(rule, "A2/x B5/x B6/y B30/z", MatchOrder::kAsListed),
            R"("x": - B5 - | "y": - B6 - | "z": - B30 -)");
  EXPECT_EQ(MatchesOf(rule, "A2/x B5/x B6/y C7/x B30/z", MatchOrder::kAsListed), R"("y": - B6 - | "z": - B30 -)");
}

int LastEvent(const TestMatch& match) { return *std::max_element(match.events.begin(), match.events.end()); }

TEST(MatchOrderTest, BothOrdersHaveTheSameMatches) {
  std::mt19937 random(3);
  size_t matches = 0, moved = 0;
  for (int round = 0; round < 600; ++round) {
    const TestRule rule = ParseRule(
        std::vector<const char*>{"by A B !C maxspan=6", "by !A B !C maxspan=6", "A !B !C maxspan=5"}[round % 3]);
    TestEngine decided(rule), listed(rule, nullptr, kPlenty, MatchOrder::kAsListed);
    int64_t time = 0;
    for (int i = 0; i < 30; ++i) {
      TestEvent event{{}, time += random() % 3, {std::string(1, static_cast<char>('w' + random() % 3))}};
      event.letters = "AAABBC"[random() % 6];
      decided.Feed(event);
      listed.Feed(event);
    }
    decided.Finish();
    listed.Finish();
    std::vector<TestMatch> expected = decided.matches();
    std::sort(expected.begin(), expected.end(),
              [](const TestMatch& a, const TestMatch& b) { return LastEvent(a) < LastEvent(b); });
    ASSERT_EQ(listed.matches(), expected);
    matches += expected.size();
    moved += expected != decided.matches();
  }
  EXPECT_GT(matches, 1000u);
  EXPECT_GT(moved, 50u);
}

TEST(MatchOrderTest, ShortOfMemoryMatchesComeOutOfOrderButCome) {
  TestEngine engine(ParseRule("by !A B !C maxspan=1000000"), nullptr, 64u << 10, MatchOrder::kAsListed);
  engine.FeedAll(ParseEvents("A1/x B2/x"));
  for (int i = 3; i < 5000; ++i) {
    engine.Feed({"B", i, {"key" + std::to_string(i)}});
    ASSERT_LE(engine.budget().used_bytes, 64u << 10);
  }
  engine.Finish();
  EXPECT_EQ(engine.matches().size(), 4998u);
  EXPECT_EQ(engine.budget().evicted_partials, 0u);
}

}  // namespace
}  // namespace eqlc::testing
