// SequenceEngine: from matched items to completed matches, keyed by join key. The algorithm is docs/semantics.md
// sections 5.3 (positive items) and 5.7 (missing events); machine.h runs it, state.h remembers.
// Tested by tests/unit/runtime/sequence/ and tests/differential/sequence_exhaustive_test.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include "eqlc/session.hpp"
#include "runtime/abi/frame.h"
#include "runtime/abi/native.h"
#include "runtime/event/event_record.h"
#include "runtime/keys/budget.h"
#include "runtime/keys/match.h"
#include "runtime/sequence/item_set.h"
#include "runtime/sequence/partial_filter.h"
#include "runtime/sequence/plan.h"

namespace eqlc {

// One sequence rule of a session. Thread-safety: none.
class SequenceEngine {
 public:
  // `budget` and `receiver` must outlive the engine. `advance` is where the rule's generated transition stands, or
  // null to interpret the plan. `filter` decides the residuals of its items; null for a rule without any.
  SequenceEngine(SequencePlan plan, const abi::AdvanceSlot* advance, MatchOrder order, StateBudget& budget,
                 MatchReceiver& receiver, PartialFilter* filter = nullptr);
  ~SequenceEngine();

  // Feeds one event with a timestamp that matches the items of `hits`, in order of arrival. Releases pending matches
  // whose deadline has passed first: it is `now_ns`, whatever the event says.
  void Advance(CurrentEvent& event, const abi::EventFrame& frame, const ItemSet& hits, int64_t now_ns);
  // The same without an event of interest. Needed only when NextDue() <= now_ns.
  void AdvanceClock(int64_t now_ns);
  // The earliest time at which AdvanceClock has something to do; INT64_MAX: none; INT64_MIN: at once (expiry is done
  // in small portions).
  int64_t NextDue() const;
  // Something has begun. If not, events of items that need a partial (PlanItem::needs_partial) change nothing.
  bool IsOpen() const;
  const SequencePlan& plan() const;
  // End of input: releases every pending match.
  void Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
