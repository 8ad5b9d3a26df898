// SetLeaf: a leaf that asks whether one operand is in a set, whatever it was written with:
//
//   x == "a"   x in ("a", "b")   x : "a*"   x like ("a", "b")   startsWith(x, "a")
//
// A leaf counts null and false alike, and "some value of x is in A or in B" is "some value is in A, or some value is in
// B"; so sets unite and include each other as those of values do, however many values x has. What does not hold is
// that two sets without a common member exclude each other: x may have a value in each.
// Tested by tests/unit/compiler/opt/set_leaf_test.cpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "compiler/ir/ir.h"

namespace eqlc::opt {

// The set of a leaf as it stands in the module. Members are constants; those of kLike are strings.
struct SetView {
  ir::ExprId operand = abi::kNone;
  ir::Op op = ir::Op::kIn;                   // equal to a member, or kLike: matched by one
  uint8_t flags = 0;                         // abi::ExprFlags
  std::span<const ir::ExprId> members = {};  // until the module gets another node
};

// Nothing for a leaf that asks something else, or with another operator.
std::optional<SetView> ViewSet(const ir::Module& module, ir::ExprId leaf);

// Whether every value in `a` is in `b`; false also where that takes too long to find out.
// REQUIRES: the same operand.
bool Includes(const ir::Module& module, const SetView& b, const SetView& a);

// A set to change or to make a leaf of.
struct SetLeaf {
  ir::ExprId operand = abi::kNone;
  ir::Op op = ir::Op::kIn;
  uint8_t flags = 0;
  std::vector<ir::Literal> members = {};
};

std::optional<SetLeaf> ReadSetLeaf(const ir::Module& module, ir::ExprId leaf);

// The leaf, in the one spelling that sets which mean the same have:
//   texts without case in lower case; no kFold where no member has a letter
//   where equality and patterns mean the same, kLike without case and kIn with it
//   members ascending, each once; kEq for a single one
ir::ExprId MakeSetLeaf(ir::Module& module, SetLeaf set);

// The same leaf in that spelling; `leaf` itself if it has it or is no set.
ir::ExprId SpellSetLeaf(ir::Module& module, ir::ExprId leaf);

// Takes the members of `other` into `set`. False, and nothing done, when no operator means both or one set would be too
// large for the rule index. REQUIRES: the same operand, both read from leaves that MakeSetLeaf made.
bool Unite(SetLeaf& set, const SetLeaf& other);

}  // namespace eqlc::opt
