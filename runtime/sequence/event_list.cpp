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

EventNode* CopyEvents(StateBudget& budget, const EventNode* list) noexcept {
  EventNode* copy = nullptr;
  EventNode** end = &copy;  // where the next older part of the copy goes
  for (; !IsSingleEvent(list); list = list->previous) {
    void* memory = budget.Allocate(sizeof(EventNode));
    if (memory == nullptr) return ReleaseEvents(budget, copy), nullptr;
    auto* node = new (memory) EventNode{budget.Share(list->record), nullptr};
    *end = node;
    end = &node->previous;
  }
  *end = SingleEvent(budget.Share(SingleRecord(list)));
  return copy;
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
