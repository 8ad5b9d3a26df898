#include "runtime/sequence/plan.h"

namespace eqlc {
namespace {

// Kind of a missing item, by what has been seen before it and what is to come.
ItemKind MissingKind(uint32_t stages_before, uint32_t stages_total) {
  if (stages_before == 0) return ItemKind::kLeading;
  return stages_before == stages_total ? ItemKind::kTrailing : ItemKind::kMiddle;
}

void AddPositive(SequencePlan& plan, PlanItem& item, uint32_t stage) {
  item.kind = ItemKind::kPositive;
  item.first_stage = stage;
  for (uint32_t r = 0; r < item.runs; ++r) plan.places.push_back(plan.place_count + r);
}

void AddMissing(SequencePlan& plan, PlanItem& item, uint32_t stages_before) {
  item.kind = MissingKind(stages_before, plan.stages);
  plan.has_leading |= item.kind == ItemKind::kLeading;
  plan.has_middle |= item.kind == ItemKind::kMiddle;
  plan.has_trailing |= item.kind == ItemKind::kTrailing;
  if (item.kind == ItemKind::kMiddle) item.first_stage = stages_before - 1;
}

}  // namespace

SequencePlan BuildSequencePlan(uint32_t rule_index, const abi::ImageRule& rule, std::span<const abi::ImageItem> items,
                               std::span<const abi::ImageKey> keys) {
  SequencePlan plan;
  plan.rule = rule_index;
  plan.maxspan_ns = rule.maxspan_ns;
  plan.key_count = rule.key_count;
  plan.item_count = rule.item_count;
  plan.until_first = rule.until_first != 0;
  const auto own = items.subspan(rule.first_item, rule.item_count);
  for (const abi::ImageItem& item : own) plan.stages += item.missing ? 0 : item.runs;

  uint32_t stage = 0;
  for (const abi::ImageItem& source : own) {
    PlanItem item{ItemKind::kPositive, source.runs, 0,
                  InternKeyList(plan.key_lists, keys.subspan(source.first_key, rule.key_count)), source.residual};
    if (source.missing) {
      AddMissing(plan, item, stage);
    } else {
      AddPositive(plan, item, stage);
      plan.forks.resize(plan.forks.size() + source.runs, source.fork != 0);
      stage += source.runs;
    }
    plan.place_count += source.runs;
    plan.items.push_back(item);
  }
  if (rule.until_item != abi::kNone) {
    const abi::ImageItem& until = items[rule.until_item];
    plan.items.push_back(
        {ItemKind::kUntil, 1, 0, InternKeyList(plan.key_lists, keys.subspan(until.first_key, rule.key_count))});
  }
  return plan;
}

SequencePlan BuildSequencePlan(const Image& image, uint32_t rule_index) {
  return BuildSequencePlan(rule_index, image.rules()[rule_index], image.items(), image.keys());
}

}  // namespace eqlc
