// Sequence state as generated stage transitions see it. The runtime owns all memory; generated code reads the slots and
// calls the helpers of native.h for every change. runtime/sequence/ explains the algorithm.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/abi/expr.h"

namespace eqlc::abi {

// A persistent list of the events of a partial sequence, newest first, shared between partials (`runs`). Opaque: not
// always an address (runtime/sequence/event_list.h).
struct EventNode;

inline constexpr int64_t kNoTime = INT64_MIN;

// State of one join key of one rule:
//
//   sequence: | KeyState header | slots, one for each stage but the last | what the runtime adds to them | key bytes |
//   sample:   | KeyState header | SampleKey | key bytes |
//
// runtime/sequence/state.h and runtime/sample/sample.h say more.
struct KeyState {
  struct Links {
    Links* earlier;  // null: in no queue
    Links* later;
  };

  Links links;       // in the rule's queue, by expiry or by last update
  KeyState* next;    // in the bucket
  int64_t timer_ns;  // when its partials are to be looked at for expiry; kNoTime: not armed
  uint32_t hash;
  uint32_t key_size : 31;   // bytes of the encoded key
  uint32_t maybe_idle : 1;  // listed for a check at the end of the event
  EventNode* slots[1];      // [stage]: the events of the partial that has reached it; null: none
};

static_assert(offsetof(KeyState, slots) == 40);

// What a transition works on. One per rule and session.
struct SequenceState;

}  // namespace eqlc::abi
