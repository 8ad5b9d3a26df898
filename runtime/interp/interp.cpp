// The interpreter. Two layers:
//   ApplyOp         one operator on values, three-valued (null: unknown)
//   ConditionEval   leaves and what is above them, two-valued (docs/semantics.md section 3.2)
// Recursion is bounded: Image::Parse refuses expressions deeper than kMaxExprDepth.
// Tested by tests/unit/runtime/interp/interp_test.cpp.
#include "runtime/interp/interp.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/value/compare.h"
#include "runtime/value/json_text.h"
#include "runtime/value/json_value.h"

namespace eqlc {
namespace {

using abi::ExprId;
using abi::ExprNode;
using abi::Op;
using abi::Value;

Value FromTri(Tri t) { return t == Tri::kNull ? abi::Null() : abi::Bool(t == Tri::kTrue); }

// What is no boolean counts as unknown.
Tri ToTri(const Value& v) {
  if (v.kind != abi::ValueKind::kBool) return Tri::kNull;
  return v.truth() ? Tri::kTrue : Tri::kFalse;
}

// Section 3.2, the table of folds: one `decisive` operand decides, else one unknown makes the result unknown.
Value Junction(std::span<const Value> args, Tri decisive) {
  bool unknown = false;
  for (const Value& arg : args) {
    const Tri t = ToTri(arg);
    if (t == decisive) return FromTri(decisive);
    unknown |= t == Tri::kNull;
  }
  return unknown ? abi::Null() : abi::Bool(decisive == Tri::kFalse);
}

// Section 3.2: `not null` is null.
Value Not(const Value& v) {
  const Tri t = ToTri(v);
  return t == Tri::kNull ? abi::Null() : abi::Bool(t == Tri::kFalse);
}

// Section 3.6, `in` and `in~`: no wildcards; null in anything is null.
Value In(const ValueSet& set, const Value& v) { return v.is_null() ? abi::Null() : abi::Bool(set.Contains(v)); }

// Sections 3.6 and 3.7: numbers and booleans are not turned into text, they give null.
template <typename Set>
Value MatchText(const Set& set, const Value& v) {
  return v.is_string() ? abi::Bool(set.Matches(v.text())) : abi::Null();
}

// Section 3.10 and section 4.
Value Call(const ExprNode& node, const void* matcher, const Function* function, std::span<const Value> args,
           Scratch& scratch) {
  if (matcher != nullptr) {  // cidrMatch: what is no address is in no block
    const Value& ip = args[0];
    if (ip.is_null()) return abi::Null();
    return abi::Bool(ip.is_string() && static_cast<const CidrSet*>(matcher)->Contains(ip.text()));
  }
  const CallContext context{scratch, (node.flags & abi::kFold) != 0};
  return CallFunction(*function, context, args);
}

// Evaluates conditions of one program on one event.
class ConditionEval {
 public:
  ConditionEval(const Program::Impl& program, const abi::EventFrame& frame) : program_(program), frame_(frame) {}

  // A value expression, each field at its first value.
  Value ValueOf(ExprId id) { return Eval(id); }

  bool Holds(ExprId id) {
    const auto args = program_.image.args(id);
    const auto holds = [this](ExprId arg) { return Holds(arg); };
    switch (node(id).op) {
      case Op::kLeaf:
        return Leaf(id);
      case Op::kNever:
        return !Holds(args[0]);
      case Op::kAnyElement:
        return AnyElement(node(id).aux, args[0]);
      case Op::kAll:
        return std::all_of(args.begin(), args.end(), holds);
      case Op::kAny:
        return std::any_of(args.begin(), args.end(), holds);
      default:
        assert(false && "not a condition");
        return false;
    }
  }

 private:
  const ExprNode& node(ExprId id) const { return program_.image.exprs()[id]; }

  // Section 4.3: the condition holds for some element of the scope's array.
  bool AnyElement(abi::ScopeId scope, ExprId condition) {
    const abi::FieldSlot elements = frame_.slots[program_.image.scopes()[scope].array];
    for (uint32_t i = 0; i < elements.count; ++i) {
      eqlc_bind_element(&frame_, scope, elements.first + i);
      if (Holds(condition)) return true;
    }
    return false;
  }

  bool Leaf(ExprId id) {
    if (program_.leaf_fields.bound[node(id).aux]) return AnyCombination(id);
    uint32_t& memo = frame_.memo[node(id).aux];
    if (memo >> 1 == frame_.epoch) return (memo & 1) != 0;
    const bool result = AnyCombination(id);
    memo = 2 * frame_.epoch + (result ? 1 : 0);
    return result;
  }

  // Section 3.4: true when some choice of one value per field makes the leaf's argument true. A field that occurs twice
  // is one variable; a missing field is null.
  bool AnyCombination(ExprId leaf) {
    fields_ = program_.leaf_fields.of(node(leaf).aux);
    bytes_left_ = limits::kMaxSearchedBytesPerLeaf;
    elements_left_ = limits::kMaxCombinationsPerLeaf;
    choice_.assign(fields_.size(), 0);
    const ExprId argument = program_.image.args(leaf)[0];
    for (uint64_t tried = 0; tried < limits::kMaxCombinationsPerLeaf; ++tried) {
      if (ToTri(Eval(argument)) == Tri::kTrue) return true;
      if (!NextCombination()) return false;
    }
    return false;
  }

  // Counts `choice_` up, the last field fastest; false after the last combination.
  bool NextCombination() {
    for (size_t i = fields_.size(); i-- > 0;) {
      if (++choice_[i] < frame_.slots[fields_[i]].count) return true;
      choice_[i] = 0;
    }
    return false;
  }

  Value FieldValue(abi::FieldId field) const {
    const abi::FieldSlot& slot = frame_.slots[field];
    if (slot.count == 0) return abi::Null();
    if (choice_.empty()) return frame_.values[slot.first];
    const auto at = std::lower_bound(fields_.begin(), fields_.end(), field);
    assert(at != fields_.end() && *at == field);
    return frame_.values[slot.first + choice_[at - fields_.begin()]];
  }

  Value Eval(ExprId id) {
    const ExprNode& n = node(id);
    if (n.op == Op::kConst) return program_.literals[n.aux];
    if (n.op == Op::kField) return FieldValue(n.aux);
    if (n.op == Op::kVar) return n.aux < elements_.size() ? elements_[n.aux] : abi::Null();
    if (n.op == Op::kSearch) return abi::Bool(CountElements(id, 1) > 0);
    if (n.op == Op::kCount) return abi::Int(CountElements(id, INT64_MAX));
    const Function* function = n.op == Op::kCall ? static_cast<const Function*>(program_.functions[n.aux]) : nullptr;
    const void* matcher = program_.matchers[id];
    auto args = program_.image.args(id);
    if (matcher != nullptr) args = args.first(1);  // the others are in the matcher

    const size_t base = stack_.size();
    for (const ExprId arg : args) {
      const Value value = Eval(arg);  // grows and shrinks stack_
      stack_.push_back(value);
    }
    const Value result = ApplyOp(n, matcher, function, std::span(stack_).subspan(base), *frame_.scratch);
    stack_.resize(base);
    return result;
  }

  // The elements of a list for which the condition holds, up to `enough`. All searches of a leaf together look at a
  // bounded number of elements, because searches in searches multiply them, and at a bounded amount of text.
  int64_t CountElements(ExprId search, int64_t enough) {
    const auto args = program_.image.args(search);
    const Value list = Eval(args[0]);
    if (!IsList(list)) return 0;
    const size_t outer = elements_.size();
    elements_.resize(node(search).aux + size_t{1}, abi::Null());
    int64_t found = 0;
    for (json::Reader reader(list.text()); found < enough && bytes_left_ > 0 && elements_left_ > 0 && reader.Next();) {
      --elements_left_;
      bytes_left_ -= std::min<uint64_t>(bytes_left_, reader.value().size() + 1);
      elements_[node(search).aux] = FromJson(reader.value(), *frame_.scratch);
      if (Truth(Eval(args[1])) == Tri::kTrue) ++found;
    }
    elements_.resize(outer);
    return found;
  }

  const Program::Impl& program_;
  const abi::EventFrame& frame_;
  std::span<const abi::FieldId> fields_;  // of the leaf being evaluated, ascending
  std::vector<uint32_t> choice_;          // index of the chosen value, by position in fields_
  std::vector<Value> stack_;              // evaluated arguments
  std::vector<Value> elements_;           // of the searches around the expression being evaluated, outermost first
  // What searches may still look at.
  uint64_t bytes_left_ = limits::kMaxSearchedBytesPerLeaf;
  uint64_t elements_left_ = limits::kMaxCombinationsPerLeaf;
};

}  // namespace

Value ApplyOp(const ExprNode& node, const void* matcher, const Function* function, std::span<const Value> args,
              Scratch& scratch) {
  switch (node.op) {
    case Op::kNeg:
      return Negate(args[0]);  // section 3.8
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kMod:
      return Arithmetic(node.op, args[0], args[1], node.flags);  // section 3.8
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe:
      return FromTri(Compare(node.op, args[0], args[1], node.flags));  // section 3.5
    case Op::kAnd:
      return Junction(args, Tri::kFalse);
    case Op::kOr:
      return Junction(args, Tri::kTrue);
    case Op::kNot:
      return Not(args[0]);
    case Op::kIsNull:
      return abi::Bool(args[0].is_null());  // sections 3.2 and 3.4, `== null`
    case Op::kIn:
      return In(*static_cast<const ValueSet*>(matcher), args[0]);
    case Op::kLike:
      return MatchText(*static_cast<const GlobSet*>(matcher), args[0]);
    case Op::kRegex:
      return MatchText(*static_cast<const RegexSet*>(matcher), args[0]);
    case Op::kCall:
      return Call(node, matcher, function, args, scratch);
    case Op::kTruth:
      return FromTri(Truth(args[0]));
    case Op::kAt:
      return At(args[0], args[1], scratch);
    case Op::kConst:
    case Op::kField:
    case Op::kVar:
    case Op::kSearch:
    case Op::kCount:
    case Op::kLeaf:
    case Op::kNever:
    case Op::kAll:
    case Op::kAny:
    case Op::kAnyElement:
      break;
  }
  assert(false && "not an operator on values");
  return abi::Null();
}

bool EvalCondition(const Program::Impl& program, const abi::EventFrame& frame, abi::ConditionId condition) {
  return ConditionEval(program, frame).Holds(program.image.conditions()[condition].root);
}

Value EvalValue(const Program::Impl& program, const abi::EventFrame& frame, ExprId expr) {
  return ConditionEval(program, frame).ValueOf(expr);
}

}  // namespace eqlc
