// An order of expressions by what they say rather than by their numbers, so that rules which are optimised apart come
// to the same one.
#pragma once

#include <compare>

#include "compiler/ir/ir.h"

namespace eqlc::opt {

// Equal only for the same node. Fields of lineages and of computed keys count by their numbers: few rules have any.
// Recursion is bounded by the nesting of expressions.
std::strong_ordering CompareContents(const ir::Module& module, ir::ExprId a, ir::ExprId b);

}  // namespace eqlc::opt
