// StateBudget: the memory that all sequence and sample rules of a session share, its accounting, and who has to give
// way when it is used up.
//
// Charged are: key states, list nodes and pending matches (what they take in the pool), hash tables, and the record of
// every event that some partial holds (once per event, however many hold it).
// The limit is enforced between events: one event may overshoot it, by kOvershoot and one event's text at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/event/event_record.h"
#include "runtime/support/slab.h"

namespace eqlc {

// A rule's state, as far as the budget needs to know it.
class StateOwner {
 public:
  // Drops the oldest key's partials, or the pending match due next; adds how many partials. False: nothing is left.
  virtual bool EvictOldest(uint64_t& partials) = 0;
  // Bytes of its keys and buckets: how much it is to blame.
  virtual size_t state_bytes() const = 0;

 protected:
  ~StateOwner() = default;
};

// Thread-safety: none.
class StateBudget {
 public:
  explicit StateBudget(size_t max_bytes_in) : max_bytes(max_bytes_in) {}
  StateBudget(const StateBudget&) = delete;
  StateBudget& operator=(const StateBudget&) = delete;

  size_t max_bytes;
  size_t used_bytes = 0;
  uint64_t open_partials = 0;  // pending matches included
  uint64_t evicted_partials = 0;

  void Register(StateOwner& owner) { owners_.push_back(&owner); }
  void Unregister(StateOwner& owner);

  // From the pool, charged. Null when memory is out or the overshoot is used up.
  void* Allocate(size_t size) noexcept;
  void Free(void* object, size_t size) noexcept;
  void Charge(size_t bytes) { used_bytes += bytes; }
  void Discharge(size_t bytes) { used_bytes -= bytes; }

  // The record of the current event with a reference for the caller; null when memory is out.
  EventRecord* Keep(CurrentEvent& event) noexcept;
  // One more reference to a record that is kept already.
  EventRecord* Share(EventRecord* record) noexcept;
  void LetGo(EventRecord* record) noexcept;

  // Evicts from the largest rule until the limit is kept.
  void Enforce();

 private:
  bool exceeded() const;
  bool EvictOne();
  StateOwner* Largest() const;

  SlabPool pool_;
  std::vector<StateOwner*> owners_;
  StateOwner* victim_ = nullptr;  // the largest when it was last looked for
  int victim_turns_ = 0;
};

}  // namespace eqlc
