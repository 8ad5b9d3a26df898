// ItemSet: which items of a rule an event matches.
#pragma once

#include <bitset>

#include "eqlc/limits.hpp"

namespace eqlc {

// Bit i is item i (missing ones included), `until` is bit item_count.
using ItemSet = std::bitset<limits::kMaxSequenceItems + 1>;

}  // namespace eqlc
