#include "runtime/sequence/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/plan_builder.h"

namespace eqlc {
namespace {

using testing::BuildPlan;
using ::testing::ElementsAre;
using testing::ParseRule;

std::vector<ItemKind> Kinds(const SequencePlan& plan) {
  std::vector<ItemKind> kinds;
  for (const PlanItem& item : plan.items) kinds.push_back(item.kind);
  return kinds;
}

TEST(PlanTest, StagesCountPositiveItemsWithRuns) {
  const SequencePlan plan = BuildPlan(ParseRule("A*2 !M B !T until=U maxspan=5"));
  EXPECT_EQ(plan.stages, 3u);
  EXPECT_EQ(plan.slot_count(), 2u);
  EXPECT_EQ(plan.item_count, 4u);
  EXPECT_EQ(plan.maxspan_ns, 5);
  EXPECT_TRUE(plan.has_until());
  EXPECT_THAT(Kinds(plan), ElementsAre(ItemKind::kPositive, ItemKind::kMiddle, ItemKind::kPositive, ItemKind::kTrailing,
                                       ItemKind::kUntil));
  EXPECT_EQ(plan.items[0].first_stage, 0u);
  EXPECT_EQ(plan.items[1].first_stage, 1u) << "the stage before the gap";
  EXPECT_EQ(plan.items[2].first_stage, 2u);
  EXPECT_EQ(plan.place_count, 5u);
  EXPECT_THAT(plan.places, ElementsAre(0u, 1u, 3u));
}

TEST(PlanTest, MissingItemsAreClassifiedByThePositiveOnesAroundThem) {
  const SequencePlan plan = BuildPlan(ParseRule("!A !B C !D !E F !G !H"));
  EXPECT_THAT(Kinds(plan),
              ElementsAre(ItemKind::kLeading, ItemKind::kLeading, ItemKind::kPositive, ItemKind::kMiddle,
                          ItemKind::kMiddle, ItemKind::kPositive, ItemKind::kTrailing, ItemKind::kTrailing));
  EXPECT_TRUE(plan.has_leading && plan.has_middle && plan.has_trailing);
  EXPECT_FALSE(plan.has_until());
  EXPECT_FALSE(plan.bounded());
}

TEST(PlanTest, ItemsBehindTheFirstNeedAPartial) {
  const auto needs_partial = [](const char* rule) {
    std::string marks;
    for (const PlanItem& item : BuildPlan(ParseRule(rule)).items) marks += item.needs_partial() ? '+' : '-';
    return marks;
  };
  EXPECT_EQ(needs_partial("A*2 !M B !T until=U maxspan=5"), "-+++-");
  EXPECT_EQ(needs_partial("!A !B C !D E maxspan=5"), "---++");
}

TEST(PlanTest, ItemsWithTheSameKeysShareOneList) {
  abi::ImageRule rule{};
  rule.first_item = 1;
  rule.item_count = 2;
  rule.until_item = 3;
  rule.key_count = 2;
  rule.maxspan_ns = -1;
  const std::vector<abi::ImageItem> items = {
      {9, 0, 1, 0, 0, {}}, {0, 0, 1, 0, 0, {}}, {1, 2, 1, 0, 0, {}}, {2, 4, 1, 0, 0, {}}};
  const std::vector<abi::ImageKey> keys = {{7, 0}, {8, 0}, {7, 0}, {8, 1}, {7, 0}, {8, 0}};
  const SequencePlan plan = BuildSequencePlan(4, rule, items, keys);
  EXPECT_EQ(plan.rule, 4u);
  EXPECT_EQ(plan.key_count, 2u);
  ASSERT_EQ(plan.key_lists.size(), 2u);
  EXPECT_EQ(plan.items[0].key_list, 0u);
  EXPECT_EQ(plan.items[1].key_list, 1u);
  EXPECT_EQ(plan.items[2].key_list, 0u);
  EXPECT_EQ(plan.key_lists[1][1].optional, 1u);
}

}  // namespace
}  // namespace eqlc
