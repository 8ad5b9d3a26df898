// SequencePlan: the shape of one sequence rule, worked out once from the image: which stages an item stands for, what
// its absence means, and which keys it joins by.
//
//   sequence by k  [a] with runs=2  ![m]  [b]  ![t]  until [u]
//   items          0                1     2    3     4
//   stages         0, 1             -     2    -     -
//   kind           positive         mid   pos. trail until
//
// Tested by tests/unit/runtime/sequence/plan_test.cpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/image.h"
#include "runtime/keys/key_list.h"
#include "runtime/program/image.h"

namespace eqlc {

enum class ItemKind : uint8_t {
  kPositive,
  kLeading,   // missing, no positive item before it
  kMiddle,    // missing, between two positive items
  kTrailing,  // missing, no positive item behind it
  kUntil,
};

struct PlanItem {
  ItemKind kind;
  uint16_t runs;         // stages of a positive item, places of a missing one
  uint32_t first_stage;  // positive: its first stage. Middle: the stage before the gap. Else 0
  uint32_t key_list;     // index into SequencePlan::key_lists
  // What of its filter takes the partial's events, too; kNone: nothing.
  abi::ConditionId residual = abi::kNone;

  // Its events change nothing but partials that are open before them. (`until` ends what the same event has begun.)
  bool needs_partial() const {
    return kind == ItemKind::kMiddle || kind == ItemKind::kTrailing || (kind == ItemKind::kPositive && first_stage > 0);
  }
};

// Immutable once built.
struct SequencePlan {
  uint32_t rule = 0;
  std::vector<PlanItem> items;  // `until` is the last one, if there is one
  uint32_t item_count = 0;      // without `until`
  uint32_t stages = 0;          // positive items with `runs` expanded; 0: the rule never matches
  int64_t maxspan_ns = -1;      // -1: no bound
  bool until_first = false;     // `until` acts before the items (python-eql), not behind them
  bool has_leading = false;
  bool has_middle = false;
  bool has_trailing = false;
  uint32_t key_count = 0;          // values of a key
  std::vector<KeyList> key_lists;  // distinct ones
  std::vector<bool> forks;         // by stage: takes a copy of the partial before it
  std::vector<uint32_t> places;    // of each stage's event in a match
  uint32_t place_count = 0;        // events of a match, places of missing ones included

  bool has_until() const { return items.size() > item_count; }
  bool bounded() const { return maxspan_ns >= 0; }
  bool has_residuals() const {
    return std::any_of(items.begin(), items.end(), [](const PlanItem& i) { return i.residual != abi::kNone; });
  }
  bool has_missing() const { return has_leading || has_middle || has_trailing; }
  uint32_t slot_count() const { return stages > 0 ? stages - 1 : 0; }
};

// `items` and `keys` are the image's sections; `rule_index` is kept for reports only.
SequencePlan BuildSequencePlan(uint32_t rule_index, const abi::ImageRule& rule, std::span<const abi::ImageItem> items,
                               std::span<const abi::ImageKey> keys);

// REQUIRES: the rule is a sequence, or a join, of which only the items and keys mean something.
SequencePlan BuildSequencePlan(const Image& image, uint32_t rule_index);

}  // namespace eqlc
