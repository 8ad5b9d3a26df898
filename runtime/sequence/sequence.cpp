#include "runtime/sequence/sequence.h"

#include <algorithm>
#include <utility>

#include "runtime/sequence/event_time.h"
#include "runtime/sequence/machine.h"
#include "runtime/sequence/state.h"

namespace eqlc {
namespace {

// Items a generated transition can have: 63, and a bit for `until`.
constexpr uint32_t kMaxNativeItems = 63;

uint64_t LowBits(const ItemSet& hits) { return (hits & ItemSet(UINT64_MAX)).to_ullong(); }

}  // namespace

struct SequenceEngine::Impl {
  Impl(SequencePlan plan_in, const abi::AdvanceSlot* advance_in, MatchOrder order, StateBudget& budget,
       MatchReceiver& receiver, PartialFilter* filter)
      : plan(std::move(plan_in)),
        advance(plan.item_count <= kMaxNativeItems ? advance_in : nullptr),
        state(plan, order, budget, receiver, filter) {}

  const SequencePlan plan;
  const abi::AdvanceSlot* const advance;
  abi::SequenceState state;
};

SequenceEngine::SequenceEngine(SequencePlan plan, const abi::AdvanceSlot* advance, MatchOrder order,
                               StateBudget& budget, MatchReceiver& receiver, PartialFilter* filter)
    : impl_(std::make_unique<Impl>(std::move(plan), advance, order, budget, receiver, filter)) {}

SequenceEngine::~SequenceEngine() = default;

void SequenceEngine::Advance(CurrentEvent& event, const abi::EventFrame& frame, const ItemSet& hits, int64_t now_ns) {
  const int64_t timestamp_ns = BoundedTime(event.timestamp_ns());
  abi::SequenceState& state = impl_->state;
  now_ns = BoundedTime(now_ns);
  state.AdvanceClock(std::min(timestamp_ns, now_ns), now_ns);
  if (impl_->plan.stages == 0) return;
  state.BeginEvent(event);
  const abi::AdvanceFn advance = impl_->advance ? impl_->advance->load(std::memory_order_acquire) : nullptr;
  if (advance != nullptr) {
    advance(&state, &frame, LowBits(hits), timestamp_ns);
  } else {
    RunTransition(state, frame, hits, timestamp_ns);
  }
  state.EndEvent();
}

void SequenceEngine::AdvanceClock(int64_t now_ns) {
  now_ns = BoundedTime(now_ns);
  impl_->state.AdvanceClock(now_ns, now_ns);
}

int64_t SequenceEngine::NextDue() const { return impl_->state.NextDue(); }

bool SequenceEngine::IsOpen() const { return impl_->state.key_count() > 0; }

const SequencePlan& SequenceEngine::plan() const { return impl_->plan; }

void SequenceEngine::Finish() { impl_->state.Finish(); }

}  // namespace eqlc
