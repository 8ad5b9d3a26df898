// SequenceState: everything one rule remembers between events, and the steps that a transition is made of. The
// interpreter (machine.h) and generated code (through native_helpers.cpp) call the same steps.
//
//   KeyTable --> KeyState | slot 0 | 1 | ... | first time of 1 | 2 | ... | KeyAbsence | PartialAbsence 0 | 1 | ... |
//                  ^ links: timer wheel (rules with maxspan) or queue by last update (others)          key bytes |
//
// A partial's last time is that of its newest event, and so is the first time of the partial in slot 0, which has one
// event; of longer ones it is kept, since the oldest event is at the end of their lists.
//
// Invariants between events:
//   1. Slot s holds the partial whose last event is that of stage s; it has s + 1 events.
//   2. Every key has an open partial, a leading absence that still counts, or a pending match; others are freed.
//   3. With maxspan, a key with a partial or leading absence is in the wheel, its timer no later than the time at which
//      the first of them expires (or, for events that came late, one maxspan after they came).
// A partial is gone when its key's timer is behind the clock and first + maxspan is too. Find checks that as well, so
// when the wheel gets round to a key is not observable.
//
// Tested by tests/unit/runtime/sequence/machine_test.cpp and state_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/abi/frame.h"
#include "runtime/abi/sequence.h"
#include "runtime/keys/budget.h"
#include "runtime/keys/key.h"
#include "runtime/keys/key_queue.h"
#include "runtime/keys/key_table.h"
#include "runtime/keys/match.h"
#include "runtime/sequence/event_list.h"
#include "runtime/sequence/partial_filter.h"
#include "runtime/sequence/plan.h"
#include "runtime/sequence/timer_wheel.h"

namespace eqlc {

// A complete match that a trailing missing item may still reject.
struct PendingMatch {
  int64_t deadline_ns;  // released when it is later
  int64_t end_ns;
  uint64_t serial;  // order of completion
  abi::KeyState* key;
  PendingMatch* earlier;  // of the same key
  PendingMatch* later;
  abi::EventNode* events;
};

// What missing items add to a key ...
struct KeyAbsence {
  int64_t last_lead_ns;      // latest hit of a leading missing item; kNoTime: none
  int64_t previous_lead_ns;  // latest one before that at another time
  PendingMatch* pending;
};

// ... and to each of its slots.
struct PartialAbsence {
  int64_t lead_ns;  // latest leading hit before the partial's first event; kNoTime: none
  int64_t gap_ns;   // first hit of a middle missing item behind its last event; kNoTime: none; kDoomed
};

}  // namespace eqlc

// Thread-safety: none.
struct eqlc::abi::SequenceState final : StateOwner {
 public:
  // All references must outlive the state. `filter` may be null for a plan without residuals.
  SequenceState(const SequencePlan& plan, MatchOrder order, StateBudget& budget, MatchReceiver& receiver,
                PartialFilter* filter);
  ~SequenceState();
  SequenceState(const SequenceState&) = delete;
  SequenceState& operator=(const SequenceState&) = delete;

  // --- around an event ---
  // Moves the clock to `clock_ns`, never back, and drops a bounded number of keys that expired before it; releases
  // pending matches whose deadline is before `now_ns`.
  void AdvanceClock(int64_t clock_ns, int64_t now_ns);
  void BeginEvent(CurrentEvent& event) { event_ = &event, extracted_list_ = kNone; }
  // Frees keys left empty and enforces the budget.
  void EndEvent();
  void Finish();
  // The earliest time at which AdvanceClock has something to do; INT64_MAX: none.
  int64_t NextDue() const;

  // --- steps of a transition, see native.h ---
  uint32_t Keys(const EventFrame& frame, uint32_t item);
  void SetSingleKey(uint32_t item, std::span<const Value* const> values);
  KeyState* Find(uint32_t index, bool create);
  void Start(KeyState* key, int64_t timestamp_ns);
  void Extend(KeyState* key, uint32_t item, uint32_t stage, int64_t timestamp_ns);
  void Clear(KeyState* key);
  void Missing(const EventFrame& frame, uint32_t item, int64_t timestamp_ns);

  const SequencePlan& plan() const { return plan_; }
  size_t key_count() const { return table_.size(); }
  static EventNode*& Slot(KeyState* key, uint32_t slot) { return *(key->slots + slot); }

  // StateOwner.
  bool EvictOldest(uint64_t& partials) override;
  size_t state_bytes() const override { return key_bytes_ + accepted_bytes_ + table_.bucket_bytes(); }

 private:
  struct ByDeadline {
    bool operator()(const PendingMatch* a, const PendingMatch* b) const {
      return a->deadline_ns != b->deadline_ns ? a->deadline_ns < b->deadline_ns : a->serial < b->serial;
    }
  };

  // Where the first time of the partial in `slot` is kept. REQUIRES: slot > 0.
  int64_t& KeptFirstTime(KeyState* key, uint32_t slot) const;
  // REQUIRES: the slot is not empty.
  int64_t FirstTime(KeyState* key, uint32_t slot) const;
  KeyAbsence& AbsenceOf(KeyState* key) const;
  PartialAbsence& AbsenceOf(KeyState* key, uint32_t slot) const;
  size_t KeyStateBytes(size_t key_size) const { return key_offset_ + key_size; }

  KeyState* NewKey(uint32_t hash, std::string_view bytes);
  void FreeKey(KeyState* key);
  void MarkMaybeIdle(KeyState* key);
  bool IsIdle(KeyState* key) const;
  void FreeIdleKeys();
  // The key holds something new: arms its timer, or makes it the last to be evicted.
  void Touch(KeyState* key);

  void Put(KeyState* key, uint32_t slot, EventNode* events, int64_t first_ns, PartialAbsence absence);
  // Does the item's residual condition hold for the partial in `slot`?
  bool Admits(const KeyState* key, uint32_t slot, uint32_t item);
  // Extend, for an event that follows the partial.
  void Append(KeyState* key, uint32_t stage, int64_t first_ns, int64_t timestamp_ns);
  void Drop(KeyState* key, uint32_t slot);
  uint64_t DropAll(KeyState* key);
  void Lose(uint64_t partials) { budget_.evicted_partials += partials; }
  // Drops what has expired of a key whose timer is out, and arms it anew for the rest.
  void Purge(KeyState* key);
  void ExpireSome();

  void Complete(KeyState* key, EventNode* events, int64_t start_ns, int64_t end_ns, PartialAbsence absence);
  void Pend(KeyState* key, EventNode* events, int64_t end_ns, int64_t deadline_ns);
  void ForgetPending(PendingMatch* match);
  void Release(PendingMatch* match);
  void ReleaseDue(int64_t now_ns);
  // The completion `serial` is a match: reported now, or when all earlier ones are decided.
  void Accept(uint64_t serial, KeyState* key, EventNode* events);
  void ReportAccepted();
  void ReportFirstAccepted();
  void Report(std::string_view key, EventNode* events);

  void HitLeading(KeyState* key, int64_t timestamp_ns);
  void HitMiddle(KeyState* key, uint32_t slot, int64_t timestamp_ns);
  void HitTrailing(KeyState* key, int64_t timestamp_ns);

  // A match that waits for its turn (MatchOrder::kAsListed).
  struct Accepted {
    std::string key;
    EventNode* events;
  };

  const SequencePlan& plan_;
  const MatchOrder order_;
  StateBudget& budget_;
  MatchReceiver& receiver_;
  PartialFilter* const filter_;
  size_t first_times_offset_;
  size_t absence_offset_;
  size_t key_offset_;

  KeyTable table_;
  TimerWheel wheel_;    // rules with maxspan
  KeyQueue by_update_;  // rules without
  std::set<PendingMatch*, ByDeadline> pending_;
  uint64_t next_serial_ = 0;
  std::set<uint64_t> undecided_;           // kAsListed: serials of pending_
  std::map<uint64_t, Accepted> accepted_;  // by serial; each has an undecided one before it
  size_t key_bytes_ = 0;
  size_t accepted_bytes_ = 0;
  int64_t clock_ns_ = kNoTime;

  // Of the current event.
  CurrentEvent* event_ = nullptr;
  KeySet keys_;
  uint32_t extracted_list_ = kNone;
  std::vector<KeyState*> maybe_idle_;
  std::vector<EventRecord*> match_events_;
  std::vector<EventRecord*> partial_events_;
  std::vector<std::string> match_keys_;
};
