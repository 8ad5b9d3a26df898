#include "runtime/sample/plan.h"

namespace eqlc {

SamplePlan BuildSamplePlan(uint32_t rule_index, const abi::ImageRule& rule, std::span<const abi::ImageItem> items,
                           std::span<const abi::ImageKey> keys) {
  SamplePlan plan;
  plan.rule = rule_index;
  plan.window_ns = rule.maxspan_ns;
  for (const abi::ImageItem& item : items.subspan(rule.first_item, rule.item_count)) {
    plan.key_list_of.push_back(InternKeyList(plan.key_lists, keys.subspan(item.first_key, rule.key_count)));
  }
  return plan;
}

SamplePlan BuildSamplePlan(const Image& image, uint32_t rule_index) {
  return BuildSamplePlan(rule_index, image.rules()[rule_index], image.items(), image.keys());
}

}  // namespace eqlc
