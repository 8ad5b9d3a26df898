#include "runtime/sequence/machine.h"

namespace eqlc {
namespace {

using abi::KeyState;
using abi::SequenceState;

// The event is one of stage `stage`, which belongs to item `item` (docs/semantics.md section 5.3).
void Step(SequenceState& state, KeyState* key, uint32_t item, uint32_t stage, int64_t timestamp_ns) {
  if (stage == 0) return state.Start(key, timestamp_ns);
  if (SequenceState::Slot(key, stage - 1) != nullptr) state.Extend(key, item, stage, timestamp_ns);
}

// Stages from last to first, so that the event never extends what it has itself begun.
void HitPositive(SequenceState& state, const abi::EventFrame& frame, uint32_t index, int64_t timestamp_ns) {
  const PlanItem& item = state.plan().items[index];
  const uint32_t keys = state.Keys(frame, index);
  for (uint32_t k = 0; k < keys; ++k) {
    KeyState* key = state.Find(k, item.first_stage == 0);
    if (key == nullptr) continue;
    for (uint32_t s = item.first_stage + item.runs; s-- > item.first_stage;) Step(state, key, index, s, timestamp_ns);
  }
}

void HitUntil(SequenceState& state, const abi::EventFrame& frame, uint32_t index) {
  const uint32_t keys = state.Keys(frame, index);
  for (uint32_t k = 0; k < keys; ++k) {
    if (KeyState* key = state.Find(k, false)) state.Clear(key);
  }
}

}  // namespace

void RunTransition(SequenceState& state, const abi::EventFrame& frame, const ItemSet& hits, int64_t timestamp_ns) {
  const SequencePlan& plan = state.plan();
  const bool until = plan.has_until() && hits[plan.item_count];
  if (until && plan.until_first) HitUntil(state, frame, plan.item_count);
  for (uint32_t i = plan.item_count; i-- > 0;) {
    if (hits[i] && plan.items[i].kind == ItemKind::kPositive) HitPositive(state, frame, i, timestamp_ns);
  }
  for (uint32_t i = 0; plan.has_missing() && i < plan.item_count; ++i) {
    if (hits[i] && plan.items[i].kind != ItemKind::kPositive) state.Missing(frame, i, timestamp_ns);
  }
  if (until && !plan.until_first) HitUntil(state, frame, plan.item_count);
}

}  // namespace eqlc
