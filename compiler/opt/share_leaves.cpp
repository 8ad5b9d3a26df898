// Leaves that mean the same get one spelling and so become one node, which is evaluated once an event:
//
//   x : "Cmd.exe"  x : "CMD.EXE"  x like~ "cmd.exe"  x in~ ("cmd.exe")
//   startsWith(x, "a")  x like "a*"  x like "a**"
//   cidrMatch(x, "::1/128", "127.0.0.0/8")  cidrMatch(x, "127.0.0.0/8", "::1/128")
//
// Tested by tests/unit/compiler/opt/share_leaves_test.cpp.
#include <algorithm>
#include <string_view>
#include <vector>

#include "compiler/opt/passes.h"
#include "compiler/opt/rewrite.h"
#include "compiler/opt/set_leaf.h"

namespace eqlc::opt {
namespace {

constexpr std::string_view kCidrFunction = "cidrMatch";

// The order in which blocks are written means nothing.
ExprId WithSortedBlocks(ir::Module& module, ExprId leaf) {
  const ExprId argument = module.args(leaf)[0];
  const ir::ExprNode node = module.expr(argument);
  if (node.op != Op::kCall || module.functions()[node.aux] != kCidrFunction) return leaf;
  std::vector<ExprId> args(module.args(argument).begin(), module.args(argument).end());
  const auto is_constant = [&](ExprId arg) { return module.expr(arg).op == Op::kConst; };
  if (!std::all_of(args.begin() + 1, args.end(), is_constant)) return leaf;
  const auto text = [&](ExprId arg) -> const std::string& { return module.literals()[module.expr(arg).aux].text; };
  std::sort(args.begin() + 1, args.end(), [&](ExprId a, ExprId b) { return text(a) < text(b); });
  args.erase(std::unique(args.begin() + 1, args.end()), args.end());
  const ExprId sorted = module.Make(Op::kCall, args, node.aux, node.flags);
  return module.Make(Op::kLeaf, {&sorted, 1});
}

}  // namespace

void ShareLeaves(ir::Module& module) {
  RewriteConditions(module, [&](ExprId id, std::span<const ExprId> args) {
    if (module.expr(id).op != Op::kLeaf) return WithArgs(module, id, args);
    return WithSortedBlocks(module, SpellSetLeaf(module, id));
  });
}

}  // namespace eqlc::opt
