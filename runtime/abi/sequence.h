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

// One partial sequence, in the slot of the stage it has reached. Empty when `events` is null.
struct PartialSlot {
  EventNode* events;
  int64_t first_ns;  // event time of its first positive event
  int64_t last_ns;   // ... and of its last one
};

inline constexpr int64_t kNoTime = INT64_MIN;

// State of one join key of one rule:
//
//   sequence: | KeyState header | PartialSlot * (stages - 1) | absence, in rules with missing items | key bytes |
//   sample:   | KeyState header | SampleKey | key bytes |       (runtime/sample/sample.cpp)
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
  PartialSlot slots[1];
};

static_assert(sizeof(PartialSlot) == 24 && offsetof(KeyState, slots) == 40);

// What a transition works on. One per rule and session.
struct SequenceState;

}  // namespace eqlc::abi
