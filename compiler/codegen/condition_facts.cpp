#include "compiler/codegen/condition_facts.h"

#include <algorithm>

#include "compiler/codegen/leaf_shape.h"
#include "compiler/opt/cost.h"

namespace eqlc::codegen {
namespace {

using abi::ExprId;
using abi::Op;

// Beyond these, compile time and stack grow out of proportion; the largest public rule has some 300 leaves.
constexpr uint64_t kMaxLeavesOfCondition = 20'000;
constexpr uint32_t kMaxDepthOfCondition = 1'000;
constexpr size_t kMaxNodesOfLeaf = 1'000;
constexpr size_t kMaxFieldsOfLeaf = 32;  // one nested loop each

// Operators on lists and objects, which the interpreter has for itself.
bool IsInterpreted(Op op) { return op >= Op::kTruth && op <= Op::kCount; }

bool ReadsBoundField(const ir::Module& module, ExprId root) {
  const std::vector<ExprId> nodes = ValueNodes(module, root);
  return std::any_of(nodes.begin(), nodes.end(), [&](ExprId id) {
    return module.expr(id).op == Op::kField && abi::IsBound(module.field_refs()[module.expr(id).aux].role);
  });
}

bool FitsGeneric(const ir::Module& module, ExprId root) {
  const std::vector<ExprId> nodes = ValueNodes(module, root);
  if (nodes.size() > kMaxNodesOfLeaf) return false;
  if (std::any_of(nodes.begin(), nodes.end(), [&](ExprId id) { return IsInterpreted(module.expr(id).op); }))
    return false;
  const auto is_field = [&](ExprId id) { return module.expr(id).op == Op::kField; };
  return static_cast<size_t>(std::count_if(nodes.begin(), nodes.end(), is_field)) <= kMaxFieldsOfLeaf;
}

}  // namespace

ConditionFacts::ConditionFacts(const ir::Module& module)
    : nodes_(module.exprs().size()), uses_(module.exprs().size(), 0) {
  for (ExprId id = 0; id < nodes_.size(); ++id) {
    const Op op = module.expr(id).op;
    if (!abi::IsCondition(op)) continue;
    nodes_[id] = op == Op::kLeaf ? LeafFacts(module, id) : JunctionFacts(module, id);
  }
  CountUses(module);
}

bool ConditionFacts::compiled(ExprId condition) const {
  const Node& node = nodes_[condition];
  return node.fits && node.leaves <= kMaxLeavesOfCondition && node.depth <= kMaxDepthOfCondition;
}

ConditionFacts::Node ConditionFacts::LeafFacts(const ir::Module& module, ExprId leaf) const {
  const LeafPlan plan = PlanLeaf(module, leaf);
  Node node;
  node.is_cheap = opt::CostOf(module, leaf) <= opt::kCheapLeaf;
  node.fits = plan.shape != LeafShape::kGeneric || FitsGeneric(module, plan.node);
  node.bound = ReadsBoundField(module, plan.node);
  node.leaves = 1;
  return node;
}

// Also of kNever and kAnyElement. Arguments have smaller ids, so their facts are known.
ConditionFacts::Node ConditionFacts::JunctionFacts(const ir::Module& module, ExprId junction) const {
  Node node;
  for (const ExprId id : module.args(junction)) {
    const Node& arg = nodes_[id];
    node.fits &= arg.fits;
    node.depth = std::max(node.depth, arg.depth + 1);
    node.leaves = std::min(node.leaves + arg.leaves, kMaxLeavesOfCondition + 1);
  }
  return node;
}

void ConditionFacts::CountUses(const ir::Module& module) {
  std::vector<uint32_t> last_user(nodes_.size(), abi::kNone);
  std::vector<ExprId> pending;
  for (uint32_t condition = 0; condition < module.conditions().size(); ++condition) {
    const ExprId root = module.conditions()[condition];
    if (!compiled(root)) continue;
    pending.push_back(root);
    while (!pending.empty()) {
      const ExprId id = pending.back();
      pending.pop_back();
      if (last_user[id] == condition) continue;
      last_user[id] = condition;
      if (module.expr(id).op == Op::kLeaf) {
        ++uses_[id];
      } else {
        for (const ExprId arg : module.args(id)) pending.push_back(arg);
      }
    }
  }
}

}  // namespace eqlc::codegen
