// The interpreter of a sequence plan: what one event does to a rule's state. It is the reference for generated
// transitions, which do the same steps in the same order (runtime/abi/native.h).
// Tested by tests/unit/runtime/sequence/machine_test.cpp and tests/differential/sequence_exhaustive_test.cpp.
#pragma once

#include <cstdint>

#include "runtime/abi/frame.h"
#include "runtime/sequence/item_set.h"
#include "runtime/sequence/state.h"

namespace eqlc {

// REQUIRES: the event was begun.
void RunTransition(abi::SequenceState& state, const abi::EventFrame& frame, const ItemSet& hits, int64_t timestamp_ns);

}  // namespace eqlc
