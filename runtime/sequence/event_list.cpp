#include "runtime/sequence/event_list.h"

#include <new>

namespace eqlc {

using abi::EventNode;

EventNode* SingleEvent(EventRecord* record) noexcept {
  return reinterpret_cast<EventNode*>(reinterpret_cast<uintptr_t>(record) | 1);
}

EventNode* AppendEvent(StateBudget& budget, EventNode* list, EventRecord* record) noexcept {
  void* memory = budget.Allocate(sizeof(EventNode));
  if (memory != nullptr) return new (memory) EventNode{record, list};
  ReleaseEvents(budget, list);
  budget.LetGo(record);
  return nullptr;
}

void ReleaseEvents(StateBudget& budget, EventNode* list) noexcept {
  while (list != nullptr && !IsSingleEvent(list)) {
    EventNode* const previous = list->previous;
    budget.LetGo(list->record);
    budget.Free(list, sizeof(EventNode));
    list = previous;
  }
  if (list != nullptr) budget.LetGo(SingleRecord(list));
}

}  // namespace eqlc
