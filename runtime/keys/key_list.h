// Lists of key fields: what an item of a rule joins by. Items mostly share one list, and an event's keys are worked out
// once per list.
// Tested by tests/unit/runtime/sequence/plan_test.cpp and tests/unit/runtime/sample/plan_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/image.h"

namespace eqlc {

using KeyList = std::vector<abi::ImageKey>;

// The index of `list` in `lists`, added if it is not there.
uint32_t InternKeyList(std::vector<KeyList>& lists, std::span<const abi::ImageKey> list);

}  // namespace eqlc
