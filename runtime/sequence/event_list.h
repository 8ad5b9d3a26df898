// Lists of the events of a partial sequence, newest first. A list of one event is the record itself with the lowest bit
// set, so the common partial of a two-item rule has no node at all. Lists are moved from stage to stage, copied for
// `fork` only; what `runs` shares are the records, whose text outweighs the 16-byte nodes many times over.
#pragma once

#include <cstdint>

#include "runtime/abi/sequence.h"
#include "runtime/keys/budget.h"

namespace eqlc {

// Takes over `record` (as given by StateBudget::Keep).
abi::EventNode* SingleEvent(EventRecord* record) noexcept;
// `list` with `record` in front; takes both over. Null when memory is out: both are let go.
abi::EventNode* AppendEvent(StateBudget& budget, abi::EventNode* list, EventRecord* record) noexcept;
// A copy that holds the same records; null when memory is out. `list` stays the caller's.
abi::EventNode* CopyEvents(StateBudget& budget, const abi::EventNode* list) noexcept;
// Null is fine.
void ReleaseEvents(StateBudget& budget, abi::EventNode* list) noexcept;

EventRecord* NewestEvent(const abi::EventNode* list);
// Calls visit(EventRecord*) from the newest event to the oldest.
template <typename Visitor>
void VisitEvents(const abi::EventNode* list, Visitor&& visit);

}  // namespace eqlc

struct eqlc::abi::EventNode {
  EventRecord* record;
  EventNode* previous;  // tagged, see above
};

namespace eqlc {

inline bool IsSingleEvent(const abi::EventNode* list) { return (reinterpret_cast<uintptr_t>(list) & 1) != 0; }
inline EventRecord* SingleRecord(const abi::EventNode* list) {
  return reinterpret_cast<EventRecord*>(reinterpret_cast<uintptr_t>(list) & ~uintptr_t{1});
}

inline EventRecord* NewestEvent(const abi::EventNode* list) {
  return IsSingleEvent(list) ? SingleRecord(list) : list->record;
}

template <typename Visitor>
void VisitEvents(const abi::EventNode* list, Visitor&& visit) {
  for (; !IsSingleEvent(list); list = list->previous) visit(list->record);
  visit(SingleRecord(list));
}

}  // namespace eqlc
