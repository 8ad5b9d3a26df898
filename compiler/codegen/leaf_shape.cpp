#include "compiler/codegen/leaf_shape.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_set>

#include "compiler/ir/text_equality.h"

namespace eqlc::codegen {
namespace {

using abi::ExprId;
using abi::Op;
using abi::ValueKind;

// Longer lists of strings and patterns are cheaper in a hash table or automaton, and smaller.
constexpr size_t kMaxInlineStrings = 8;
constexpr size_t kMaxInlineGlobs = 8;

// Runtime/program/matchers.cpp gives exactly these calls a CidrSet.
constexpr std::string_view kCidrFunction = "cidrMatch";

const ir::Literal& LiteralOf(const ir::Module& module, ExprId constant) {
  return module.literals()[module.expr(constant).aux];
}

bool IsString(const ir::Module& module, ExprId id) {
  return module.expr(id).op == Op::kConst && LiteralOf(module, id).kind == ValueKind::kString;
}

Op Mirrored(Op op) {
  switch (op) {
    case Op::kLt:
      return Op::kGt;
    case Op::kLe:
      return Op::kGe;
    case Op::kGt:
      return Op::kLt;
    case Op::kGe:
      return Op::kLe;
    default:
      return op;  // kEq
  }
}

bool IsPython(const ir::Module& module, ExprId node) { return (module.expr(node).flags & abi::kPython) != 0; }

// A plan of `shape` for a node that is tested against matcher constants.
LeafPlan ByHelper(LeafShape shape, const ir::Module& module, ExprId node) {
  LeafPlan plan;
  plan.shape = shape;
  plan.node = node;
  plan.field = module.expr(module.args(node)[0]).aux;
  plan.fold = (module.expr(node).flags & abi::kFold) != 0;
  return plan;
}

LeafPlan PlanIn(const ir::Module& module, ExprId node) {
  LeafPlan plan = ByHelper(LeafShape::kIn, module, node);
  const auto constants = module.args(node).subspan(1);
  if (constants.size() > kMaxInlineStrings) return plan;
  for (const ExprId constant : constants) {
    if (!IsString(module, constant)) return plan;
    const ir::Literal& literal = LiteralOf(module, constant);
    plan.texts.push_back(ExactText(literal.text, module.expr(constant).aux));
    if (!CanInline(plan.texts.back(), plan.fold)) return plan;
    plan.converts |= !IsPython(module, node) && ir::EqualsNonString(literal.text);
  }
  plan.shape = LeafShape::kTexts;
  return plan;
}

LeafPlan PlanLike(const ir::Module& module, ExprId node) {
  LeafPlan plan = ByHelper(LeafShape::kLike, module, node);
  const auto constants = module.args(node).subspan(1);
  if (constants.size() > kMaxInlineGlobs) return plan;
  for (const ExprId constant : constants) {
    const std::string& text = LiteralOf(module, constant).text;
    if (IsPython(module, node) && text.find('?') != std::string::npos) return plan;  // no wildcard there
    const auto pattern = ParseGlob(text, module.expr(constant).aux);
    if (!pattern || !CanInline(*pattern, plan.fold)) return plan;
    plan.texts.push_back(*pattern);
  }
  plan.shape = LeafShape::kTexts;
  return plan;
}

// `field op constant` or `constant op field`, else kGeneric.
LeafPlan PlanCompare(const ir::Module& module, ExprId node) {
  LeafPlan plan;
  plan.node = node;
  ExprId left = module.args(node)[0];
  ExprId right = module.args(node)[1];
  plan.op = module.expr(node).op;
  plan.flags = module.expr(node).flags;
  plan.fold = (plan.flags & abi::kFold) != 0;
  if (module.expr(left).op == Op::kConst) {
    std::swap(left, right);
    plan.op = Mirrored(plan.op);
  }
  if (module.expr(left).op != Op::kField || module.expr(right).op != Op::kConst) return plan;
  plan.field = module.expr(left).aux;
  plan.literal = module.expr(right).aux;
  plan.shape = LeafShape::kCompare;
  if (plan.op != Op::kEq || !IsString(module, right)) return plan;
  const ir::Literal& literal = LiteralOf(module, right);
  plan.texts.push_back(ExactText(literal.text, plan.literal));
  if (!CanInline(plan.texts.back(), plan.fold)) return plan;
  plan.converts = !IsPython(module, node) && ir::EqualsNonString(literal.text);
  plan.shape = LeafShape::kTexts;
  return plan;
}

}  // namespace

bool HasMatcher(const ir::Module& module, ExprId id) {
  const abi::ExprNode& node = module.expr(id);
  if (node.op == Op::kIn || node.op == Op::kLike || node.op == Op::kRegex) return true;
  if (node.op != Op::kCall || node.arg_count < 2 || module.functions()[node.aux] != kCidrFunction) return false;
  const auto blocks = module.args(id).subspan(1);
  return std::all_of(blocks.begin(), blocks.end(), [&](ExprId block) { return IsString(module, block); });
}

std::vector<ExprId> ValueNodes(const ir::Module& module, ExprId root) {
  std::vector<ExprId> nodes = {root};
  std::unordered_set<ExprId> seen = {root};
  for (size_t i = 0; i < nodes.size(); ++i) {
    auto args = module.args(nodes[i]);
    if (HasMatcher(module, nodes[i])) args = args.first(1);
    for (const ExprId arg : args) {
      if (seen.insert(arg).second) nodes.push_back(arg);
    }
  }
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

LeafPlan PlanLeaf(const ir::Module& module, ExprId leaf) {
  LeafPlan plan;
  plan.node = module.args(leaf)[0];
  const abi::ExprNode& node = module.expr(plan.node);
  if (node.op == Op::kField) {
    plan.shape = LeafShape::kTruth;
    plan.field = node.aux;
    return plan;
  }
  if (node.op >= Op::kEq && node.op <= Op::kGe) return PlanCompare(module, plan.node);
  if (node.arg_count == 0 || module.expr(module.args(plan.node)[0]).op != Op::kField) return plan;
  switch (node.op) {
    case Op::kIsNull:
      return ByHelper(LeafShape::kIsNull, module, plan.node);
    case Op::kIn:
      return PlanIn(module, plan.node);
    case Op::kLike:
      return PlanLike(module, plan.node);
    case Op::kRegex:
      return ByHelper(LeafShape::kRegex, module, plan.node);
    case Op::kCall:
      return HasMatcher(module, plan.node) ? ByHelper(LeafShape::kCidr, module, plan.node) : plan;
    default:
      return plan;
  }
}

}  // namespace eqlc::codegen
