// What evaluating conditions costs, and how often they hold: the one table of both. Estimates, for comparing only.
// Tested by tests/unit/compiler/opt/cost_test.cpp.
#pragma once

#include <string_view>

#include "compiler/ir/ir.h"

namespace eqlc::opt {

// A field that only says what kind of event it is: one value of it is in a good part of all events.
bool IsBroad(std::string_view field);

// Of a leaf, in about the time that comparing a word takes.
double CostOf(const ir::Module& module, ir::ExprId leaf);

// A leaf that costs no more is evaluated again in less time than its last result is looked up.
inline constexpr double kCheapLeaf = 3;

struct Estimate {
  double cost = 0;
  double probability = 0;  // that it holds; never 0 nor 1
};

Estimate EstimateLeaf(const ir::Module& module, ir::ExprId leaf);
// Of a search for an element, from that of its condition.
Estimate EstimateSearch(const Estimate& condition);
Estimate Negated(const Estimate& condition);

}  // namespace eqlc::opt
