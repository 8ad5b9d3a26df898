#include "compiler/opt/cost.h"

#include <algorithm>
#include <string_view>

namespace eqlc::opt {
namespace {

using ir::ExprId;
using ir::ExprNode;
using ir::Op;

// More members than this are looked up by a call (codegen/leaf_shape.cpp).
constexpr size_t kMaxInlineMembers = 8;

constexpr double kPresence = 1;
constexpr double kComparison = 2;
constexpr double kFewTexts = 4;
constexpr double kHashSet = 5;
constexpr double kBlocks = 6;
constexpr double kPatterns = 7;
constexpr double kAutomaton = 8;
constexpr double kAnythingElse = 9;
constexpr double kSearch = 20;  // each takes a loop

constexpr double kRare = 0.05;   // a field has one particular value
constexpr double kEven = 0.5;    // nothing is known
constexpr double kCommon = 0.9;  // see IsBroad
constexpr double kMemberShare = 0.01;

// `a*b` at most: what generated code compares without a call.
bool IsSimple(std::string_view pattern) {
  return pattern.find('?') == std::string_view::npos && std::ranges::count(pattern, '*') <= 1;
}

bool IsSimple(const ir::Module& module, std::span<const ExprId> patterns) {
  return patterns.size() <= kMaxInlineMembers && std::ranges::all_of(patterns, [&](ExprId pattern) {
           return IsSimple(module.literals()[module.expr(pattern).aux].text);
         });
}

double CostOfMembers(size_t count) { return count == 1 ? kComparison : kFewTexts; }

// The rule index picks conditions by broad fields, so for those that are evaluated such a test hardly ever fails. Where
// it is switched off, they would better come first.
double ProbabilityOfMembers(const ir::Module& module, ExprId operand, size_t count) {
  const ExprNode& node = module.expr(operand);
  if (node.op == Op::kField && IsBroad(module.fields()[node.aux])) return kCommon;
  return std::min(kEven, kRare + kMemberShare * static_cast<double>(count));
}

}  // namespace

bool IsBroad(std::string_view field) { return field.starts_with("event.") || field.starts_with("host.os."); }

double CostOf(const ir::Module& module, ExprId leaf) {
  const ExprId argument = module.args(leaf)[0];
  const ExprNode& node = module.expr(argument);
  if (node.op == Op::kField) return kPresence;
  const auto args = module.args(argument);
  if (args.empty() || module.expr(args[0]).op != Op::kField) return kAnythingElse;
  switch (node.op) {
    case Op::kIsNull:
      return kPresence;
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe:
      return module.expr(args[1]).op == Op::kConst ? kComparison : kAnythingElse;
    case Op::kIn:
      return args.size() - 1 <= kMaxInlineMembers ? CostOfMembers(args.size() - 1) : kHashSet;
    case Op::kLike:
      return IsSimple(module, args.subspan(1)) ? CostOfMembers(args.size() - 1) : kPatterns;
    case Op::kRegex:
      return kAutomaton;
    case Op::kCall:
      return module.functions()[node.aux] == "cidrMatch" ? kBlocks : kAnythingElse;
    default:
      return kAnythingElse;
  }
}

Estimate EstimateLeaf(const ir::Module& module, ExprId leaf) {
  const ExprId argument = module.args(leaf)[0];
  const ExprNode& node = module.expr(argument);
  Estimate estimate{CostOf(module, leaf), kEven};
  if (node.op == Op::kEq || node.op == Op::kIn || node.op == Op::kLike) {
    estimate.probability = ProbabilityOfMembers(module, module.args(argument)[0], node.arg_count - 1);
  } else if (node.op == Op::kRegex) {
    estimate.probability = kRare;
  }
  return estimate;
}

Estimate EstimateSearch(const Estimate& condition) { return {kSearch + condition.cost, kEven}; }

Estimate Negated(const Estimate& condition) { return {condition.cost, 1 - condition.probability}; }

}  // namespace eqlc::opt
