// Memory of sequence state: what an open partial costs, that everything is given back, that limits hold, and that
// expiry comes in small portions.
#include "runtime/sequence/state.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "tests/support/plan_builder.h"

namespace eqlc::testing {
namespace {

constexpr int kKeys = 100'000;

std::string KeyName(int i) { return "host-" + std::to_string(i); }

// Opens one partial per key, a nanosecond apart.
void OpenPartials(TestEngine& engine, int count) {
  for (int i = 0; i < count; ++i) engine.Feed({"A", i, {KeyName(i)}});
}

TEST(StateTest, EverythingIsGivenBack) {
  const char* const kRules[] = {"by A B",
                                "by A B C maxspan=50",
                                "by A*5",
                                "by !A B !C maxspan=5",
                                "A !B C !D maxspan=9",
                                "by A B until=C maxspan=20",
                                "by !B A maxspan=3"};
  for (const char* rule : kRules) {
    StateBudget budget(size_t{1} << 30);
    {
      TestEngine engine(ParseRule(rule), nullptr, budget);
      uint32_t random = 7;
      for (int i = 0; i < 5000; ++i) {
        random = random * 1664525 + 1013904223;
        engine.Feed({std::string(1, "ABCD"[random >> 30]), i / 3, {KeyName(static_cast<int>(random >> 20 & 63))}});
      }
      EXPECT_GT(budget.used_bytes, 0u) << rule;
      engine.Finish();
    }
    EXPECT_EQ(budget.used_bytes, 0u) << rule;
    EXPECT_EQ(budget.open_partials, 0u) << rule;
    EXPECT_EQ(budget.evicted_partials, 0u) << rule;
  }
}

TEST(StateTest, CompletedAndEndedKeysCostNothing) {
  for (const char* rule : {"by A B", "by A B maxspan=10", "by A C until=B"}) {
    TestEngine engine(ParseRule(rule));
    engine.FeedAll(ParseEvents("A1/x A1/y B2/x B2/y"));
    EXPECT_EQ(engine.budget().used_bytes, 0u) << rule;
    EXPECT_EQ(engine.budget().open_partials, 0u) << rule;
  }
}

TEST(StateTest, OpenPartialOfTwoItemsCostsLittle) {
  for (const char* rule : {"by A B", "by A B maxspan=1000000"}) {
    TestEngine engine(ParseRule(rule));
    OpenPartials(engine, kKeys);
    EXPECT_EQ(engine.budget().open_partials, static_cast<uint64_t>(kKeys));
    size_t texts = 0;
    for (int i = 0; i < kKeys; ++i) texts += SlabPool::Footprint(20 + std::to_string(i).size());
    const double each = static_cast<double>(engine.budget().used_bytes - texts) / kKeys;
    EXPECT_LE(each, 72) << "key of 9 to 10 bytes, without the record of the event";
    std::printf("%s: %.1f bytes per open partial, the record of the event comes on top\n", rule, each);
  }
}

TEST(StateTest, EventsSharedByManyPartialsAreChargedOnce) {
  TestEngine engine(ParseRule("A*50"));
  for (int i = 0; i < 49; ++i) engine.Feed({"A", i, {}});
  EXPECT_EQ(engine.budget().open_partials, 49u);
  EXPECT_LE(engine.budget().used_bytes, 50u * 48 + 49 * 49 * 16);
}

TEST(StateTest, BudgetHoldsAndEvictsTheOldest) {
  for (const char* rule : {"by A B", "by A B maxspan=1000000"}) {
    constexpr size_t kLimit = 1u << 20;
    TestEngine engine(ParseRule(rule), nullptr, kLimit);
    for (int i = 0; i < kKeys; ++i) {
      engine.Feed({"A", i, {KeyName(i)}});
      ASSERT_LE(engine.budget().used_bytes, kLimit);
    }
    const StateBudget& budget = engine.budget();
    EXPECT_GT(budget.evicted_partials, 0u);
    EXPECT_EQ(budget.evicted_partials + budget.open_partials, static_cast<uint64_t>(kKeys));
    engine.Feed({"B", kKeys, {KeyName(kKeys - 1)}});
    EXPECT_EQ(engine.matches().size(), 1u) << "the newest is there";
    engine.Feed({"B", kKeys, {KeyName(0)}});
    EXPECT_EQ(engine.matches().size(), 1u) << "the oldest is not";
  }
}

TEST(StateTest, UpdatedKeysAreEvictedLast) {
  TestEngine engine(ParseRule("by A B"), nullptr, 100'000);
  for (int i = 0; i < 5000; ++i) {
    engine.Feed({"A", i, {KeyName(i)}});
    engine.Feed({"A", i, {"busy"}});
  }
  EXPECT_GT(engine.budget().evicted_partials, 0u);
  engine.Feed({"B", 5000, {"busy"}});
  EXPECT_EQ(engine.matches().size(), 1u);
}

TEST(StateTest, TheLargestRuleGivesWay) {
  StateBudget budget(1u << 20);
  TestEngine small(ParseRule("by A B"), nullptr, budget);
  TestEngine large(ParseRule("by A B"), nullptr, budget);
  OpenPartials(small, 100);
  OpenPartials(large, 50'000);
  EXPECT_GT(budget.evicted_partials, 0u);
  for (int i = 0; i < 100; ++i) small.Feed({"B", 100'000, {KeyName(i)}});
  EXPECT_EQ(small.matches().size(), 100u);
}

TEST(StateTest, PendingMatchesAndLeadsAreEvictedToo) {
  for (const char* rule : {"by A !B maxspan=1000000", "by !A B maxspan=1000000", "by A !B", "by !A B"}) {
    TestEngine engine(ParseRule(rule), nullptr, 1u << 20);
    OpenPartials(engine, kKeys);
    EXPECT_LE(engine.budget().used_bytes, 1u << 20) << rule;
  }
}

TEST(StateTest, ExpiryComesInSmallPortions) {
  TestEngine engine(ParseRule("by A B maxspan=200000"));
  OpenPartials(engine, kKeys);
  engine.AdvanceClock(10'000'000);
  uint64_t before = engine.budget().open_partials;
  EXPECT_GT(before, static_cast<uint64_t>(kKeys) - 1000) << "one step does not do it all";
  int steps = 1;
  while (before > 0) {
    ASSERT_EQ(engine.engine().NextDue(), INT64_MIN);
    engine.AdvanceClock(10'000'000);
    EXPECT_LT(engine.budget().open_partials, before);
    EXPECT_GE(engine.budget().open_partials + 1000, before);
    before = engine.budget().open_partials;
    ++steps;
  }
  EXPECT_GT(steps, 100);
  EXPECT_EQ(engine.budget().used_bytes, 0u);
  EXPECT_EQ(engine.engine().NextDue(), INT64_MAX);
}

TEST(StateTest, WhatTheWheelHasNotReachedYetIsGoneAllTheSame) {
  TestEngine engine(ParseRule("by A B maxspan=200000"));
  OpenPartials(engine, kKeys);
  engine.AdvanceClock(10'000'000);
  for (int i = 0; i < kKeys; i += 1000) engine.Feed({"B", 150'000, {KeyName(i)}});  // late, and within maxspan
  EXPECT_TRUE(engine.matches().empty());
}

TEST(StateTest, HugeRunsAndManyItems) {
  TestRule rule = ParseRule("");
  for (int i = 0; i < 256; ++i) rule.items.push_back({'A', false, 4});
  TestEngine engine(rule, ModelAdvance);  // too many items for a transition: interpreted
  for (int i = 0; i < 1030; ++i) engine.Feed({"A", i, {}});
  EXPECT_EQ(engine.matches().size(), 7u);
}

TEST(StateTest, TimesAtTheEndsOfTheRange) {
  TestEngine engine(ParseRule("A B maxspan=10"));
  engine.Feed({"A", INT64_MIN, {}});
  engine.Feed({"B", INT64_MAX, {}});
  engine.Feed({"A", INT64_MAX, {}});
  engine.Feed({"B", INT64_MAX, {}});
  EXPECT_EQ(engine.matches().size(), 1u);
}

}  // namespace
}  // namespace eqlc::testing
