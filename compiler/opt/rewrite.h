// Rewriting the conditions of a module from their leaves upwards.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "compiler/ir/ir.h"

namespace eqlc::opt {

using ir::ExprId;
using ir::Op;

// The conditions that the module's roots reach, ascending, so that arguments come before their users. The arguments of
// leaves, which are values, are not among them.
std::vector<ExprId> ReachedConditions(const ir::Module& module);

// What becomes of a node: `args` are its arguments, rewritten already; none for a leaf.
using RewriteNode = std::function<ExprId(ExprId id, std::span<const ExprId> args)>;

// Gives every condition of the module the root that `rewrite` makes of its own; each node is rewritten once, however
// many conditions share it.
void RewriteConditions(ir::Module& module, const RewriteNode& rewrite);

// The node over other arguments: what `rewrite` does with a node that it is not about.
ExprId WithArgs(ir::Module& module, ExprId id, std::span<const ExprId> args);

// A leaf, an array search, or the negation of one: what no junction is above of.
struct Test {
  ExprId atom;  // the leaf or array search
  bool negated;
};
// REQUIRES: not IsJunction.
Test AsTest(const ir::Module& module, ExprId id);

inline bool IsJunction(const ir::Module& module, ExprId id) {
  return module.expr(id).op == Op::kAll || module.expr(id).op == Op::kAny;
}
inline Op Dual(Op junction) { return junction == Op::kAll ? Op::kAny : Op::kAll; }

}  // namespace eqlc::opt
