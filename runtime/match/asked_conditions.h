// AskedConditions: what is to be found out about every event.
#pragma once

#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/program/image.h"

namespace eqlc {

// The conditions of items, the sources of lineages and what process models go by, ascending. All others are residuals,
// which are asked for where an event may go on a partial sequence.
std::vector<abi::ConditionId> AskedConditions(const Image& image);

// Those of them that are not of items, in no order.
std::vector<abi::ConditionId> LineageConditions(const Image& image);

}  // namespace eqlc
