// Tested by tests/unit/compiler/ir/aliases_test.cpp.
#include "compiler/ir/aliases.h"

#include <unordered_map>
#include <vector>

namespace eqlc::ir {
namespace {

class Splitter {
 public:
  explicit Splitter(Module& module) : module_(module) {}

  bool ReadsAlias(ExprId id) {
    if (const auto known = reads_.find(id); known != reads_.end()) return known->second;
    const ExprNode& node = module_.expr(id);
    bool reads = node.op == Op::kField && module_.field_refs()[node.aux].role == abi::FieldRole::kAlias;
    for (const ExprId arg : module_.args(id)) reads |= ReadsAlias(arg);
    return reads_[id] = reads;
  }

  // Whatever reads an alias may be true: conditions have no negation above their leaves, so the result is implied.
  ExprId Relaxed(ExprId id) {
    if (!ReadsAlias(id)) return id;
    const Op op = module_.expr(id).op;
    if (op != Op::kAll && op != Op::kAny) return module_.True();
    std::vector<ExprId> operands(module_.args(id).begin(), module_.args(id).end());
    for (ExprId& operand : operands) operand = Relaxed(operand);
    return module_.Make(op, operands);
  }

  // The operands of a conjunction that relaxing weakened.
  ExprId Residual(ExprId root) {
    if (module_.expr(root).op != Op::kAll) return root;
    std::vector<ExprId> operands;
    for (const ExprId operand : module_.args(root)) {
      if (ReadsAlias(operand)) operands.push_back(operand);
    }
    return module_.Make(Op::kAll, operands);
  }

 private:
  Module& module_;
  std::unordered_map<ExprId, bool> reads_;
};

}  // namespace

SplitCondition SplitAliases(Module& module, ExprId root) {
  Splitter splitter(module);
  if (!splitter.ReadsAlias(root)) return {root};
  return {splitter.Relaxed(root), splitter.Residual(root)};
}

}  // namespace eqlc::ir
