// Tested by tests/unit/compiler/opt/rewrite_test.cpp.
#include "compiler/opt/rewrite.h"

#include <algorithm>
#include <cassert>

namespace eqlc::opt {

// Arguments have smaller ids than their users: one walk downwards marks everything.
std::vector<ExprId> ReachedConditions(const ir::Module& module) {
  std::vector<bool> reached(module.exprs().size(), false);
  for (const ExprId root : module.conditions()) reached[root] = true;
  std::vector<ExprId> conditions;
  for (auto id = static_cast<ExprId>(reached.size()); id-- > 0;) {
    if (!reached[id]) continue;
    conditions.push_back(id);
    if (module.expr(id).op == Op::kLeaf) continue;
    for (const ExprId arg : module.args(id)) reached[arg] = true;
  }
  std::ranges::reverse(conditions);
  return conditions;
}

void RewriteConditions(ir::Module& module, const RewriteNode& rewrite) {
  std::vector<ExprId> now(module.exprs().size(), abi::kNone);
  std::vector<ExprId> args;
  for (const ExprId id : ReachedConditions(module)) {
    args.clear();
    if (module.expr(id).op != Op::kLeaf) {
      for (const ExprId arg : module.args(id)) args.push_back(now[arg]);
    }
    now[id] = rewrite(id, args);
  }
  for (ir::ConditionId i = 0; i < module.conditions().size(); ++i) module.SetRoot(i, now[module.conditions()[i]]);
}

ExprId WithArgs(ir::Module& module, ExprId id, std::span<const ExprId> args) {
  const ir::ExprNode node = module.expr(id);
  if (node.op == Op::kLeaf || std::ranges::equal(module.args(id), args)) return id;
  if (node.op == Op::kNever) return module.Negate(args[0]);
  return module.Make(node.op, args, node.aux, node.flags);
}

Test AsTest(const ir::Module& module, ExprId id) {
  assert(!IsJunction(module, id));
  if (module.expr(id).op == Op::kNever) return {module.args(id)[0], true};
  return {id, false};
}

}  // namespace eqlc::opt
