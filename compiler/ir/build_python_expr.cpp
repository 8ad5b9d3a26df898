#include <algorithm>
#include <cassert>
#include <utility>

#include "compiler/ir/fold.h"
#include "compiler/ir/python_builder.h"
#include "compiler/sema/python_functions.h"
#include "compiler/support/overloaded.h"
#include "runtime/interp/interp.h"
#include "runtime/program/matchers.h"
#include "runtime/value/regex_python.h"

namespace eqlc::ir {
namespace {

// Functions whose meaning is python-eql's own have records of this prefix, which no query can write.
constexpr std::string_view kPrefix = "python.";

const Function& RecordOf(const std::string& name) {
  const Function* own = FindFunction(std::string(kPrefix) + name);
  if (own == nullptr) own = FindFunction(name);
  assert(own != nullptr && "sema knows a function that the runtime lacks");
  return *own;
}

bool HasStar(const ast::Expr& expr) {
  const auto* text = std::get_if<ast::StringLiteral>(&expr.node);
  return text != nullptr && text->value.find('*') != std::string::npos;
}

bool IsNullLiteral(const ast::Expr& expr) { return std::holds_alternative<ast::NullLiteral>(expr.node); }

// Null when an argument is. The others say themselves what they make of null.
bool IsStrict(Op op) {
  return (op >= Op::kNeg && op <= Op::kGe) || op == Op::kNot || op == Op::kTruth || op == Op::kAt;
}

Op ArithmeticOf(std::string_view function) {
  if (function == "add") return Op::kAdd;
  if (function == "subtract") return Op::kSub;
  if (function == "multiply") return Op::kMul;
  if (function == "divide") return Op::kDiv;
  return function == "modulo" ? Op::kMod : Op::kCall;
}

uint8_t FlagsOf(Op arithmetic) { return arithmetic == Op::kDiv || arithmetic == Op::kMod ? uint8_t{abi::kPython} : 0; }

}  // namespace

// --- above the leaves ---

ExprId PythonBuilder::Spine(ast::ExprId id, bool negated) {
  const auto leaf = [&] {
    const ExprId value = Truth(Value(id));
    return Leaf(negated ? Not(value) : value);
  };
  return std::visit(
      Overloaded{[&](const ast::And& n) { return SpineJunction(n.operands, true, negated); },
                 [&](const ast::Or& n) { return SpineJunction(n.operands, false, negated); },
                 [&](const ast::Not& n) { return Spine(n.operand, !negated); }, [&](const auto&) { return leaf(); }},
      ast_[id].node);
}

ExprId PythonBuilder::SpineJunction(const std::vector<ast::ExprId>& operands, bool conjunction, bool negated) {
  std::vector<ExprId> lowered;
  lowered.reserve(operands.size());
  for (const ast::ExprId operand : operands) lowered.push_back(Spine(operand, negated));
  return module_.Make(conjunction != negated ? Op::kAll : Op::kAny, lowered);
}

// --- values ---

ExprId PythonBuilder::Value(ast::ExprId id) {
  return std::visit(
      Overloaded{[&](const ast::NullLiteral&) { return Const(abi::Null()); },
                 [&](const ast::BoolLiteral& n) { return Const(abi::Bool(n.value)); },
                 [&](const ast::IntLiteral& n) { return Const(abi::Uint(n.value)); },
                 [&](const ast::DoubleLiteral& n) { return Const(abi::Double(n.value)); },
                 [&](const ast::StringLiteral& n) { return Const(abi::String(n.value)); },
                 [&](const ast::FieldRef& n) { return Field(n); }, [&](const ast::Call& n) { return Call(n); },
                 [&](const ast::Unary& n) {
                   const ExprId operand = Value(n.operand);
                   return n.op == ast::UnaryOp::kPlus ? operand : Fold(Op::kNeg, {operand});
                 },
                 [&](const ast::Arith& n) {
                   const ExprId left = Value(n.left);
                   const Op op = OpOf(n.op);
                   return Fold(op, {left, Value(n.right)}, FlagsOf(op));
                 },
                 [&](const ast::Compare& n) { return Compare(n); },
                 [&](const ast::And& n) { return Junction(Op::kAnd, n.operands); },
                 [&](const ast::Or& n) { return Junction(Op::kOr, n.operands); },
                 [&](const ast::Not& n) { return Not(Truth(Value(n.operand))); },
                 [&](const ast::In& n) {
                   const ExprId in = In(n);
                   return n.negated ? Not(in) : in;
                 },
                 [&](const ast::LineageTerm& n) { return Lineage(n); },
                 // Sema refuses it.
                 [&](const ast::Pattern&) { return Const(abi::Null()); }},
      ast_[id].node);
}

ExprId PythonBuilder::Field(const ast::FieldRef& field) {
  const std::string_view base = std::string_view(field.path).substr(0, field.path.find('.'));
  for (auto depth = static_cast<uint32_t>(variables_.size()); depth-- > 0;) {
    if (variables_[depth] == base) return Variable(field, depth);
  }
  uint32_t event = 0;
  ast::FieldRef named = field;
  if (in_pipe_ && row_events_ > 1) {
    if (std::optional<ast::EventIndex> index = ast::EventIndexOf(field)) {
      event = static_cast<uint32_t>(index->event);
      named = std::move(index->field);
    }
  }
  const std::string_view plain =
      std::string_view(named.path).substr(0, named.subscripted ? named.plain_size : SIZE_MAX);
  const ExprId value = Whole(plain, event);
  return Steps(value, named.steps);
}

ExprId PythonBuilder::Steps(ExprId value, std::span<const ast::PathStep> steps) {
  for (const ast::PathStep& step : steps) {
    value = Fold(Op::kAt, {value, Const(step.is_index ? abi::Uint(step.index) : abi::String(step.name))});
  }
  return value;
}

// `x.a.b[0]` where x is an element: the dotted part in front of the first subscript, then the steps.
ExprId PythonBuilder::Variable(const ast::FieldRef& field, uint32_t depth) {
  ExprId value = module_.Make(Op::kVar, {}, depth);
  std::string_view plain = std::string_view(field.path).substr(0, field.subscripted ? field.plain_size : SIZE_MAX);
  plain.remove_prefix(std::min(plain.find('.'), plain.size()));
  while (!plain.empty()) {
    plain.remove_prefix(1);
    const std::string_view name = plain.substr(0, plain.find('.'));
    value = Fold(Op::kAt, {value, Const(abi::String(name))});
    plain.remove_prefix(name.size());
  }
  return Steps(value, field.steps);
}

ExprId PythonBuilder::Junction(Op op, const std::vector<ast::ExprId>& operands) {
  std::vector<ExprId> lowered;
  lowered.reserve(operands.size());
  for (const ast::ExprId operand : operands) lowered.push_back(Truth(Value(operand)));
  return Fold(op, lowered);
}

ExprId PythonBuilder::Compare(const ast::Compare& compare) {
  const bool equality = compare.op == ast::CompareOp::kEq || compare.op == ast::CompareOp::kNe;
  const bool negated = compare.op == ast::CompareOp::kNe;
  const ast::Expr& left = ast_[compare.left];
  const ast::Expr& right = ast_[compare.right];
  ExprId result;
  if (equality && (IsNullLiteral(left) || IsNullLiteral(right))) {
    result = Fold(Op::kIsNull, {Value(IsNullLiteral(right) ? compare.left : compare.right)});
  } else if (equality && (HasStar(left) || HasStar(right))) {
    const ExprId text = Value(HasStar(right) ? compare.left : compare.right);
    const ExprId args[] = {text, Value(HasStar(right) ? compare.right : compare.left)};
    result = Fold(Op::kLike, args, abi::kNone, python());
  } else {
    const ExprId first = Value(compare.left);
    result = CompareValues(OpOf(compare.op), first, Value(compare.right));
  }
  return negated ? Not(result) : result;
}

// Constants to the right. A value equals itself, whatever it is: python-eql says so even of null.
ExprId PythonBuilder::CompareValues(Op op, ExprId left, ExprId right) {
  if (left == right && !IsConst(left)) return Const(abi::Bool(op == Op::kEq || op == Op::kLe || op == Op::kGe));
  if (IsConst(left) && !IsConst(right)) {
    std::swap(left, right);
    op = Mirror(op);
  }
  return Fold(op, {left, right}, python());
}

// A list of constants is one look-up, in which values of different types differ; any other list is a chain of `==`. A
// null among constants is equal to the constant null only.
ExprId PythonBuilder::In(const ast::In& in) {
  const ExprId operand = Value(in.operand);
  std::vector<ExprId> items;
  std::vector<abi::Value> constants;
  bool all_constant = true;
  for (const ast::ExprId item : in.items) items.push_back(Value(item));
  // Values point into the module's literals, which move while items are lowered.
  for (const ExprId item : items) {
    all_constant &= IsConst(item);
    if (IsConst(item) && !IsNull(item)) constants.push_back(ValueOf(item));
  }
  const bool has_null = all_constant && constants.size() < items.size();
  if (all_constant && IsConst(operand)) {
    if (IsNull(operand)) return Const(abi::Bool(has_null));
    if (constants.empty()) return Const(abi::Bool(false));
  } else if (items.size() == 1) {
    return CompareValues(Op::kEq, operand, items[0]);
  } else if (all_constant && constants.empty()) {
    return Const(abi::Null());
  }
  if (all_constant) return Fold(Op::kIn, WithConstants(operand, std::move(constants)), abi::kNone, python());
  for (ExprId& item : items) item = CompareValues(Op::kEq, operand, item);
  return Fold(Op::kOr, items);
}

ExprId PythonBuilder::Call(const ast::Call& call) {
  if (call.name == "safe") return Value(call.args[0]);
  if (call.name == "wildcard") return PatternCall(Op::kLike, call);
  if (call.name == "match" || call.name == "matchLite") return PatternCall(Op::kRegex, call);
  if (call.name == "arraySearch") return Search(Op::kSearch, call);
  if (call.name == "arrayCount") return Search(Op::kCount, call);
  std::vector<ExprId> args;
  args.reserve(call.args.size());
  for (const ast::ExprId arg : call.args) args.push_back(Value(arg));
  if (const Op op = ArithmeticOf(call.name); op != Op::kCall) return Fold(op, args, abi::kNone, FlagsOf(op));
  const Function& function = RecordOf(call.name);
  const ExprId result = CallFunction(function, args, function.has_fold_form ? fold_ : uint8_t{0});
  if (call.name != "cidrMatch") return result;
  // False, not null, for what is no address.
  return Fold(Op::kAnd, {Not(Fold(Op::kIsNull, {result})), result});
}

ExprId PythonBuilder::PatternCall(Op op, const ast::Call& call) {
  const bool swapped = sema::HasPatternFirst(ast_, call);
  std::vector<abi::Value> patterns;
  uint8_t flags = python();
  for (size_t i = swapped ? 0 : 1; i < (swapped ? 1 : call.args.size()); ++i) {
    const std::string& pattern = std::get<ast::StringLiteral>(ast_[call.args[i]].node).value;
    patterns.push_back(abi::String(pattern));
    // Python joins the patterns of a call, and such a flag holds for all that it stands in.
    if (op == Op::kRegex && regex::IgnoresCase(pattern)) flags |= abi::kFold;
  }
  const ExprId text = Value(call.args[swapped ? 1 : 0]);
  return Fold(op, WithConstants(text, std::move(patterns)), abi::kNone, flags);
}

ExprId PythonBuilder::Search(Op op, const ast::Call& call) {
  const ExprId list = Value(call.args[0]);
  const auto depth = static_cast<uint32_t>(variables_.size());
  variables_.push_back(std::get<ast::FieldRef>(ast_[call.args[1]].node).path);
  const ExprId args[] = {list, Truth(Value(call.args[2]))};
  variables_.pop_back();
  return module_.Make(op, args, depth);
}

ExprId PythonBuilder::CallFunction(const Function& function, const std::vector<ExprId>& args, uint8_t flags) {
  if (function.null_strict && std::ranges::any_of(args, [this](ExprId arg) { return IsNull(arg); })) {
    return Const(abi::Null());
  }
  return Fold(Op::kCall, args, module_.Function(function.name), flags, &function);
}

ExprId PythonBuilder::Not(ExprId value) {
  if (module_.expr(value).op == Op::kNot) return module_.args(value)[0];
  return Fold(Op::kNot, {value});
}

bool PythonBuilder::IsTruth(ExprId value) const {
  const ExprNode& node = module_.expr(value);
  switch (node.op) {
    case Op::kConst:
      return IsNull(value) || ValueOf(value).kind == abi::ValueKind::kBool;
    case Op::kCall:
      return FindFunction(module_.functions()[node.aux])->result == ParamType::kBool;
    case Op::kAnd:
    case Op::kOr:
    case Op::kNot:
    case Op::kIsNull:
    case Op::kIn:
    case Op::kLike:
    case Op::kRegex:
    case Op::kSearch:
    case Op::kTruth:
      return true;
    default:
      return node.op >= Op::kEq && node.op <= Op::kGe;
  }
}

ExprId PythonBuilder::Truth(ExprId value) { return IsTruth(value) ? value : Fold(Op::kTruth, {value}); }

ExprId PythonBuilder::Fold(Op op, std::span<const ExprId> args, uint32_t aux, uint8_t flags, const Function* function) {
  if (IsStrict(op) && std::ranges::any_of(args, [this](ExprId arg) { return IsNull(arg); })) {
    return Const(abi::Null());
  }
  if (!std::ranges::all_of(args, [this](ExprId arg) { return IsConst(arg); })) {
    return module_.Make(op, args, aux, flags);
  }
  std::vector<abi::Value> values;
  for (const ExprId arg : args) values.push_back(ValueOf(arg));
  const ExprNode node{op, flags, 0, aux, 0, 0};
  Matchers matchers;
  const std::span<const abi::Value> constants = std::span<const abi::Value>(values).subspan(values.empty() ? 0 : 1);
  if (!matchers.Add(0, node, function, constants)) return Const(abi::Null());
  const size_t count = matchers[0] != nullptr ? 1 : values.size();  // the others are in the matcher
  return Const(ApplyOp(node, matchers[0], function, std::span<const abi::Value>(values).first(count), scratch_));
}

std::vector<ExprId> PythonBuilder::WithConstants(ExprId operand, std::vector<abi::Value> constants) {
  std::ranges::sort(constants, Before);
  std::vector<ExprId> args = {operand};
  for (const abi::Value& constant : constants) {
    const ExprId id = Const(constant);
    if (args.size() == 1 || args.back() != id) args.push_back(id);
  }
  return args;
}

}  // namespace eqlc::ir
