// Lowering of expressions (docs/semantics.md sections 3.2 to 3.9). Tested by tests/unit/compiler/ir/build_test.cpp.
#include <algorithm>
#include <cassert>
#include <concepts>
#include <utility>

#include "compiler/ir/builder.h"
#include "compiler/support/overloaded.h"

namespace eqlc::ir {
namespace {

// Literals are constant and folded before; lineage stands among conditions only.
template <typename T>
concept NeverLowered =
    std::same_as<T, ast::NullLiteral> || std::same_as<T, ast::BoolLiteral> || std::same_as<T, ast::IntLiteral> ||
    std::same_as<T, ast::DoubleLiteral> || std::same_as<T, ast::StringLiteral> || std::same_as<T, ast::LineageTerm>;

bool IsTrue(const abi::Value& value) { return value.kind == abi::ValueKind::kBool && value.truth(); }

}  // namespace

// --- two-valued ---

// Section 3.2. What has no field is folded first, `not` included, and null then counts as false.
ExprId Builder::Spine(ast::ExprId id, bool negated) {
  if (constant(id)) return IsTrue(folder_.Fold(id)) != negated ? module_.True() : module_.False();
  return std::visit(Overloaded{[&](const ast::And& n) { return SpineJunction(n.operands, true, negated); },
                               [&](const ast::Or& n) { return SpineJunction(n.operands, false, negated); },
                               [&](const ast::Not& n) { return Spine(n.operand, !negated); },
                               [&](const ast::Compare& n) { return SpineCompare(n, negated); },
                               [&](const ast::In& n) { return Leaf(In(n), negated != n.negated); },
                               [&](const ast::FieldRef&) { return Leaf(Truth(id), negated); },
                               [&](const ast::Call& n) {
                                 if (query_.info[id.value].array_search) return ArraySearch(n, negated);
                                 return Leaf(Value(id), negated);
                               },
                               [&](const ast::LineageTerm& n) { return Lineage(n, negated); },
                               [&](const ast::Pattern&) { return Leaf(Value(id), negated); },
                               [&](const ast::Unary&) { return Leaf(Value(id), negated); },
                               [&](const ast::Arith&) { return Leaf(Value(id), negated); },
                               [&](const NeverLowered auto&) { return module_.False(); }},
                    ast_[id].node);
}

ExprId Builder::SpineJunction(const std::vector<ast::ExprId>& operands, bool conjunction, bool negated) {
  std::vector<ExprId> lowered;
  lowered.reserve(operands.size());
  for (const ast::ExprId operand : operands) lowered.push_back(Spine(operand, negated));
  return module_.Make(conjunction != negated ? Op::kAll : Op::kAny, lowered);
}

// Section 3.9: a boolean expression compared with a boolean constant is that expression or its negation.
ExprId Builder::SpineCompare(const ast::Compare& compare, bool negated) {
  if (compare.op == ast::CompareOp::kNe) negated = !negated;
  const bool left_constant = constant(compare.left);
  if (OpOf(compare.op) == Op::kEq && left_constant != constant(compare.right)) {
    const ast::ExprId other = left_constant ? compare.right : compare.left;
    // A field is no expression to negate: `f == false` is false when it is missing.
    if (query_.info[other.value].type == Type::kBool && !IsField(other)) {
      const abi::Value value = folder_.Fold(left_constant ? compare.left : compare.right);
      if (value.kind == abi::ValueKind::kBool) return Spine(other, negated != !value.truth());
      const ExprId left = Value(other);
      return Leaf(CompareValues(Op::kEq, left, Const(value)), negated);
    }
  }
  return Leaf(CompareSides(OpOf(compare.op), compare.left, compare.right), negated);
}

ExprId Builder::Leaf(ExprId value, bool negated) {
  const ExprId leaf = module_.Make(Op::kLeaf, {&value, 1});
  return negated ? module_.Negate(leaf) : leaf;
}

// --- three-valued ---

ExprId Builder::Value(ast::ExprId id) {
  if (constant(id)) return Const(folder_.Fold(id));
  const ast::Expr& expr = ast_[id];
  return std::visit(Overloaded{[&](const ast::FieldRef&) { return module_.Make(Op::kField, {}, FieldOf(id)); },
                               [&](const ast::Call& n) { return Call(n, *query_.info[id.value].function, expr.span); },
                               [&](const ast::Unary& n) {
                                 const ExprId operand = Value(n.operand);
                                 return n.op == ast::UnaryOp::kPlus ? operand : Strict(Op::kNeg, {operand});
                               },
                               [&](const ast::Arith& n) {
                                 const ExprId left = Value(n.left);
                                 return Strict(OpOf(n.op), {left, Value(n.right)});
                               },
                               [&](const ast::Compare& n) { return Compare(n); },
                               [&](const ast::And& n) { return TruthJunction(Op::kAnd, n.operands); },
                               [&](const ast::Or& n) { return TruthJunction(Op::kOr, n.operands); },
                               [&](const ast::Not& n) { return Not(Truth(n.operand)); },
                               [&](const ast::In& n) { return n.negated ? Not(In(n)) : In(n); },
                               [&](const ast::Pattern& n) { return Pattern(n, expr.span); },
                               [&](const NeverLowered auto&) { return Null(); }},
                    expr.node);
}

ExprId Builder::Truth(ast::ExprId id) {
  const ExprId value = Value(id);
  if (module_.expr(value).op != Op::kField) return value;
  return Strict(Op::kEq, {value, Const(abi::Bool(true))});
}

ExprId Builder::TruthJunction(Op op, const std::vector<ast::ExprId>& operands) {
  std::vector<ExprId> lowered;
  lowered.reserve(operands.size());
  for (const ast::ExprId operand : operands) lowered.push_back(Truth(operand));
  return module_.Make(op, lowered);
}

ExprId Builder::Compare(const ast::Compare& compare) {
  const ExprId result = CompareSides(OpOf(compare.op), compare.left, compare.right);
  return compare.op == ast::CompareOp::kNe ? Not(result) : result;
}

// Constants to the right; equality with null asks for null. What is constant here without having been folded as a
// whole is null: a call with a null argument, say.
ExprId Builder::CompareValues(Op op, ExprId left, ExprId right) {
  if (IsConst(left) && !IsConst(right)) {
    std::swap(left, right);
    op = Mirror(op);
  }
  if (op == Op::kEq && (IsNull(left) || IsNull(right))) {
    const ExprId other = IsNull(left) ? right : left;
    return IsConst(other) ? Const(abi::Bool(IsNull(other))) : module_.Make(Op::kIsNull, {&other, 1});
  }
  return Strict(op, {left, right});
}

ExprId Builder::In(const ast::In& in) {
  const PatternList items = folder_.FoldItems(in.items);
  const std::optional<ExprId> typed = InTyped(in, items);
  return typed ? *typed : PlainIn(in, items);
}

ExprId Builder::PlainIn(const ast::In& in, const PatternList& items) {
  const ExprId operand = Value(in.operand);
  if (items.values.empty() || IsNull(operand)) return Null();
  const std::vector<ExprId> args = WithConstants(operand, items.values);
  if (args.size() == 2 && !in.insensitive) return Strict(Op::kEq, args);
  return module_.Make(Op::kIn, args, abi::kNone, NodeOf(in).flags);
}

ExprId Builder::Pattern(const ast::Pattern& pattern, Span span) {
  const ExprId operand = Value(pattern.operand);
  const PatternList items = folder_.FoldItems(pattern.items);
  const abi::ExprNode node = NodeOf(pattern);
  Matchers matchers;
  if (node.op == Op::kRegex && !AddMatcher(node, nullptr, items, span, matchers, sink_)) return Null();
  if (IsNull(operand)) return Null();
  return module_.Make(node.op, WithConstants(operand, items.values), abi::kNone, node.flags);
}

ExprId Builder::Call(const ast::Call& call, const Function& function, Span span) {
  std::vector<ExprId> args;
  args.reserve(call.args.size());
  for (const ast::ExprId arg : call.args) args.push_back(Value(arg));
  const abi::ExprNode node = NodeOf(call);
  if (function.parameters.back().constant) {
    Matchers matchers;
    PatternList patterns;
    for (size_t i = 1; i < args.size(); ++i) {
      if (!IsConst(args[i]) || IsNull(args[i])) continue;
      patterns.values.push_back(module_.literals()[module_.expr(args[i]).aux].value());
      patterns.spans.push_back(ast_[call.args[i]].span);
    }
    if (!AddMatcher(node, &function, patterns, span, matchers, sink_)) return Null();
  }
  const uint32_t aux = module_.Function(function.name);
  return function.null_strict ? Strict(Op::kCall, args, aux, node.flags)
                              : module_.Make(Op::kCall, args, aux, node.flags);
}

bool Builder::IsNull(ExprId id) const {
  return IsConst(id) && module_.literals()[module_.expr(id).aux].kind == abi::ValueKind::kNull;
}

ExprId Builder::Strict(Op op, const std::vector<ExprId>& args, uint32_t aux, uint8_t flags) {
  if (std::ranges::any_of(args, [this](ExprId arg) { return IsNull(arg); })) return Null();
  return module_.Make(op, args, aux, flags);
}

std::vector<ExprId> Builder::WithConstants(ExprId operand, std::vector<abi::Value> constants) {
  std::ranges::sort(constants, Before);
  std::vector<ExprId> args = {operand};
  for (const abi::Value& constant : constants) {
    const ExprId id = Const(constant);
    if (args.size() == 1 || args.back() != id) args.push_back(id);
  }
  return args;
}

}  // namespace eqlc::ir
