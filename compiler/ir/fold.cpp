#include "compiler/ir/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "compiler/support/overloaded.h"
#include "runtime/interp/interp.h"

namespace eqlc::ir {
namespace {

using abi::Op;
using abi::Value;
abi::ExprNode Node(Op op, bool fold = false) {
  return {op, fold ? uint8_t{abi::kFold} : uint8_t{0}, 0, abi::kNone, 0, 0};
}

Code CodeOf(Op op) { return op == Op::kRegex ? Code::kBadRegex : Code::kBadCidr; }

// The node without the patterns around pattern `index`: does it compile alone?
Status TryAlone(const abi::ExprNode& node, const Function* function, const Value& pattern) {
  return Matchers().Add(0, node, function, {&pattern, 1});
}

}  // namespace

abi::ExprNode NodeOf(const ast::In& in) { return Node(Op::kIn, in.insensitive); }

abi::ExprNode NodeOf(const ast::Pattern& pattern) {
  switch (pattern.op) {
    case ast::PatternOp::kSeq:
    case ast::PatternOp::kLikeInsensitive:
      return Node(Op::kLike, true);
    case ast::PatternOp::kLike:
      return Node(Op::kLike);
    case ast::PatternOp::kRegex:
      return Node(Op::kRegex);
    case ast::PatternOp::kRegexInsensitive:
      return Node(Op::kRegex, true);
  }
  return Node(Op::kLike);
}

abi::ExprNode NodeOf(const ast::Call& call) { return Node(Op::kCall, call.insensitive); }

Op OpOf(ast::ArithOp op) {
  switch (op) {
    case ast::ArithOp::kAdd:
      return Op::kAdd;
    case ast::ArithOp::kSub:
      return Op::kSub;
    case ast::ArithOp::kMul:
      return Op::kMul;
    case ast::ArithOp::kDiv:
      return Op::kDiv;
    case ast::ArithOp::kMod:
      return Op::kMod;
  }
  return Op::kAdd;
}

Op OpOf(ast::CompareOp op) {
  switch (op) {
    case ast::CompareOp::kEq:
    case ast::CompareOp::kNe:
      return Op::kEq;
    case ast::CompareOp::kLt:
      return Op::kLt;
    case ast::CompareOp::kLe:
      return Op::kLe;
    case ast::CompareOp::kGt:
      return Op::kGt;
    case ast::CompareOp::kGe:
      return Op::kGe;
  }
  return Op::kEq;
}

Op Mirror(Op op) {
  if (op == Op::kLt) return Op::kGt;
  if (op == Op::kLe) return Op::kGe;
  if (op == Op::kGt) return Op::kLt;
  if (op == Op::kGe) return Op::kLe;
  return op;
}

bool Before(const Value& a, const Value& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  switch (a.kind) {
    case abi::ValueKind::kNull:
      return false;
    case abi::ValueKind::kBool:
    case abi::ValueKind::kInt:
      return a.payload.i64 < b.payload.i64;
    case abi::ValueKind::kUint:
      return a.payload.u64 < b.payload.u64;
    case abi::ValueKind::kDouble:
      return a.payload.f64 < b.payload.f64;
    case abi::ValueKind::kString:
    case abi::ValueKind::kJson:
      return a.text() < b.text();
  }
  return false;
}

bool IsZero(const Value& number) {
  if (number.kind == abi::ValueKind::kDouble) return number.payload.f64 == 0;
  return number.kind == abi::ValueKind::kInt && number.payload.i64 == 0;
}

bool AddMatcher(const abi::ExprNode& node, const Function* function, const PatternList& patterns, Span whole,
                Matchers& matchers, DiagnosticSink& sink) {
  const Status status = matchers.Add(0, node, function, patterns.values);
  if (status) return true;
  bool placed = false;
  for (size_t i = 0; i < patterns.values.size(); ++i) {
    if (const Status alone = TryAlone(node, function, patterns.values[i]); !alone) {
      Diagnostic& finding = sink.Report(CodeOf(node.op), patterns.spans[i], alone.error().message);
      if (node.op == Op::kCall) {
        finding.hints.push_back("a block looks like 10.0.0.0/8; the prefix has at most 32 bits, 128 in IPv6");
      }
      placed = true;
    }
  }
  if (!placed) sink.Report(CodeOf(node.op), whole, status.error().message);
  return false;
}

Value Folder::Fold(ast::ExprId id) {
  const ast::Expr& expr = ast_[id];
  assert(query_.info[id.value].constant);
  return std::visit(
      Overloaded{
          [](const ast::NullLiteral&) { return abi::Null(); },
          [](const ast::BoolLiteral& n) { return abi::Bool(n.value); },
          [](const ast::IntLiteral& n) { return abi::Uint(n.value); },
          [](const ast::DoubleLiteral& n) { return abi::Double(n.value); },
          [](const ast::StringLiteral& n) { return abi::String(n.value); },
          [&](const ast::Call& n) { return FoldCall(n, *query_.info[id.value].function, expr.span); },
          [&](const ast::Unary& n) {
            const Value operand = Fold(n.operand);
            return n.op == ast::UnaryOp::kPlus ? operand : Arithmetic(Op::kNeg, {operand}, expr.span);
          },
          [&](const ast::Arith& n) { return Arithmetic(OpOf(n.op), {Fold(n.left), Fold(n.right)}, expr.span); },
          [&](const ast::Compare& n) { return FoldCompare(n); },
          [&](const ast::And& n) { return ApplyOp(Node(Op::kAnd), nullptr, nullptr, FoldAll(n.operands), scratch_); },
          [&](const ast::Or& n) { return ApplyOp(Node(Op::kOr), nullptr, nullptr, FoldAll(n.operands), scratch_); },
          [&](const ast::Not& n) { return Apply(Op::kNot, {Fold(n.operand)}); },
          [&](const ast::In& n) { return FoldIn(n, expr.span); },
          [&](const ast::Pattern& n) { return FoldPattern(n, expr.span); },
          // Never constant.
          [](const ast::FieldRef&) { return abi::Null(); }, [](const ast::LineageTerm&) { return abi::Null(); }},
      expr.node);
}

PatternList Folder::FoldItems(std::span<const ast::ExprId> ids) {
  PatternList list;
  for (const ast::ExprId id : ids) {
    const Value value = Fold(id);
    if (value.is_null()) continue;
    list.values.push_back(value);
    list.spans.push_back(ast_[id].span);
  }
  return list;
}

std::vector<Value> Folder::FoldAll(std::span<const ast::ExprId> ids) {
  std::vector<Value> values;
  values.reserve(ids.size());
  for (const ast::ExprId id : ids) values.push_back(Fold(id));
  return values;
}

Value Folder::Apply(Op op, std::initializer_list<Value> args) {
  return ApplyOp(Node(op), nullptr, nullptr, {args.begin(), args.size()}, scratch_);
}

// Numbers whose result is null: Elasticsearch stops the query there, so say so now.
Value Folder::Arithmetic(Op op, std::initializer_list<Value> args, Span span) {
  const Value result = Apply(op, args);
  if (result.is_null() && std::ranges::all_of(args, &Value::is_number)) {
    const bool by_zero = (op == Op::kDiv || op == Op::kMod) && IsZero(args.begin()[1]);
    sink_.Report(
        Code::kFoldError, span,
        by_zero ? "the constant expression divides by zero" : "the result of the constant expression is out of range");
  }
  return result;
}

// Section 3.2: a comparison with null asks for null.
Value Folder::FoldCompare(const ast::Compare& compare) {
  const Value left = Fold(compare.left);
  const Value right = Fold(compare.right);
  const bool equality = compare.op == ast::CompareOp::kEq || compare.op == ast::CompareOp::kNe;
  Value result;
  if (equality && (left.is_null() || right.is_null())) {
    result = Apply(Op::kIsNull, {left.is_null() ? right : left});
  } else {
    result = Apply(OpOf(compare.op), {left, right});
  }
  return compare.op == ast::CompareOp::kNe ? Apply(Op::kNot, {result}) : result;
}

Value Folder::FoldIn(const ast::In& in, Span span) {
  const PatternList items = FoldItems(in.items);
  const Value operand = Fold(in.operand);
  if (items.values.empty()) return abi::Null();
  Matchers matchers;
  if (!AddMatcher(NodeOf(in), nullptr, items, span, matchers, sink_)) return abi::Null();
  const Value result = ApplyOp(NodeOf(in), matchers[0], nullptr, {&operand, 1}, scratch_);
  return in.negated ? Apply(Op::kNot, {result}) : result;
}

Value Folder::FoldPattern(const ast::Pattern& pattern, Span span) {
  const Value operand = Fold(pattern.operand);
  Matchers matchers;
  if (!AddMatcher(NodeOf(pattern), nullptr, FoldItems(pattern.items), span, matchers, sink_)) return abi::Null();
  return ApplyOp(NodeOf(pattern), matchers[0], nullptr, {&operand, 1}, scratch_);
}

Value Folder::FoldCall(const ast::Call& call, const Function& function, Span span) {
  const std::vector<Value> args = FoldAll(call.args);
  PatternList patterns;
  for (size_t i = 1; i < args.size(); ++i) {
    if (args[i].is_null()) continue;
    patterns.values.push_back(args[i]);
    patterns.spans.push_back(ast_[call.args[i]].span);
  }
  Matchers matchers;
  if (!AddMatcher(NodeOf(call), &function, patterns, span, matchers, sink_)) return abi::Null();
  // A matcher would hide a null among the blocks.
  const bool all = patterns.values.size() + 1 == args.size();
  return ApplyOp(NodeOf(call), all ? matchers[0] : nullptr, &function, args, scratch_);
}

}  // namespace eqlc::ir
