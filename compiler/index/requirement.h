// Requirement: what an event must have before a condition is worth evaluating, derived from the IR.
//
//   process where process.name : ("nc", "ncat*") and not user.name == "root"
//   -> event.category = "process"  and  process.name = "nc" or ^ "ncat"
//
// A requirement is a conjunction of clauses, a clause a disjunction of tests on values. It is necessary, not
// sufficient: where a leaf has no good test, or the derivation would cost too much, it asks for less.
// Tested by tests/unit/compiler/index/requirement_test.cpp.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"

namespace eqlc::index {

using abi::TestKind;

// Some value of `field` passes; without ASCII case.
struct Test {
  abi::FieldId field;
  TestKind kind;
  uint8_t skip = 0;                     // kPrefix: behind so many code points
  abi::LiteralId literal = abi::kNone;  // kNone for kPresent

  auto operator<=>(const Test&) const = default;
};

// Ascending, distinct, not empty.
using Clause = std::vector<Test>;
// The cheapest and most selective clause first; over the same fields at most one exact clause and one other. Empty: the
// condition may hold for any event.
using Requirement = std::vector<Clause>;

// REQUIRES: `condition` is a condition. Adds literals to the module, nothing else.
Requirement Derive(ir::Module& module, abi::ExprId condition);

// Why a condition has no requirement, in words for the author of the rule. REQUIRES: Derive gave none.
std::string WhyNone(ir::Module& module, abi::ExprId condition);

}  // namespace eqlc::index
