// KeyQueue: a doubly linked list through the key states themselves; removing from the middle needs no list.
#pragma once

#include "runtime/abi/sequence.h"

namespace eqlc {

// Owns nothing. A state is in at most one queue. Thread-safety: none.
class KeyQueue {
 public:
  KeyQueue() { Reset(); }
  KeyQueue(const KeyQueue&) = delete;
  KeyQueue& operator=(const KeyQueue&) = delete;

  bool empty() const { return ends_.later == &ends_; }
  // REQUIRES: !empty().
  abi::KeyState* front() const { return reinterpret_cast<abi::KeyState*>(ends_.later); }

  // Calls visit(KeyState*) from the first to the last; `visit` leaves the queue as it is.
  template <typename Visitor>
  void ForEach(Visitor&& visit) const {
    for (auto* at = ends_.later; at != &ends_; at = at->later) visit(reinterpret_cast<abi::KeyState*>(at));
  }

  void PushBack(abi::KeyState* state) {
    state->links = {ends_.earlier, &ends_};
    ends_.earlier->later = &state->links;
    ends_.earlier = &state->links;
  }

  static bool Contains(const abi::KeyState* state) { return state->links.earlier != nullptr; }
  // Takes the state out of whatever queue it is in, if any.
  static void Remove(abi::KeyState* state) {
    if (!Contains(state)) return;
    state->links.earlier->later = state->links.later;
    state->links.later->earlier = state->links.earlier;
    state->links = {nullptr, nullptr};
  }

  // Moves everything from `other` behind the last.
  void Splice(KeyQueue& other) {
    if (other.empty()) return;
    other.ends_.later->earlier = ends_.earlier;
    other.ends_.earlier->later = &ends_;
    ends_.earlier->later = other.ends_.later;
    ends_.earlier = other.ends_.earlier;
    other.Reset();
  }

 private:
  void Reset() { ends_ = {&ends_, &ends_}; }

  abi::KeyState::Links ends_;  // later: the first, earlier: the last
};

}  // namespace eqlc
