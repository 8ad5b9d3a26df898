#include "runtime/sample/plan.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(SamplePlanTest, FiltersShareKeyLists) {
  // sample by a [..] by b [..] by c [..] by b
  const std::vector<abi::ImageKey> keys = {{0, 0}, {1, 0}, {0, 0}, {2, 0}, {0, 0}, {1, 0}};
  std::vector<abi::ImageItem> items(4);
  for (uint32_t i = 0; i < 3; ++i) items[i + 1].first_key = 2 * i;
  abi::ImageRule rule{};
  rule.first_item = 1;
  rule.item_count = 3;
  rule.key_count = 2;
  rule.maxspan_ns = 5;
  const SamplePlan plan = BuildSamplePlan(7, rule, items, keys);
  EXPECT_EQ(plan.rule, 7u);
  EXPECT_EQ(plan.window_ns, 5);
  EXPECT_EQ(plan.filter_count(), 3u);
  EXPECT_EQ(plan.key_list_of, (std::vector<uint32_t>{0, 1, 0}));
  ASSERT_EQ(plan.key_lists.size(), 2u);
  EXPECT_EQ(plan.key_lists[1][1].field, 2u);
}

TEST(SamplePlanTest, AnOptionalKeyIsAnother) {
  const std::vector<abi::ImageKey> keys = {{0, 0}, {0, 1}};
  std::vector<abi::ImageItem> items(2);
  items[1].first_key = 1;
  abi::ImageRule rule{};
  rule.item_count = 2;
  rule.key_count = 1;
  EXPECT_EQ(BuildSamplePlan(0, rule, items, keys).key_lists.size(), 2u);
}

}  // namespace
}  // namespace eqlc
