// Sequence state as generated stage transitions see it. The runtime owns all memory; generated code reads and writes
// the slots and calls the helpers of native.h for everything else. runtime/sequence/ explains the algorithm.
#pragma once

#include <cstdint>

#include "runtime/abi/expr.h"

namespace eqlc::abi {

// A persistent list of the events of a partial sequence, newest first, shared between partials (`runs`).
struct EventNode;

// One partial sequence, in the slot of the stage it has reached. Empty when `events` is null.
struct PartialSlot {
  EventNode* events;
  int64_t first_ns;  // event time of its first positive event
  int64_t last_ns;   // ... and of its last one
  int64_t lead_ns;   // latest hit of a leading missing item before it; kNoTime: none
  int64_t gap_ns;    // first hit of a middle missing item behind its last event; kNoTime: none
  uint32_t doomed;   // 1: an absence in the middle was violated; lives on, is dropped at completion
  uint32_t timer;    // the runtime's handle for its expiry
};

inline constexpr int64_t kNoTime = INT64_MIN;

static_assert(sizeof(PartialSlot) == 48);

// State of one join key of one rule: `stages - 1` slots follow the header.
struct KeyState {
  uint64_t hash;
  KeyState* next;  // in the bucket
  uint64_t unused;
  PartialSlot slots[1];
};

// What a transition works on. One per rule and session.
struct SequenceState;

}  // namespace eqlc::abi
