// Mirrors ApplyOp of runtime/interp, operator by operator. Tested by tests/unit/compiler/jit/leaf_test.cpp and
// differential_test.cpp.
#include "compiler/codegen/emit_value.h"

#include <algorithm>
#include <cassert>

#include "compiler/codegen/leaf_shape.h"

namespace eqlc::codegen {
namespace {

using abi::ExprId;
using abi::Op;

constexpr uint8_t kFalse = 0;
constexpr uint8_t kTrue = 1;
constexpr uint8_t kNull = 2;

}  // namespace

llvm::Value* ValueEmitter::IsTrue(ExprId root, const std::vector<ExprId>& nodes) {
  for (const ExprId id : nodes) done_[id] = Emit(id);
  return b().CreateICmpEQ(Tri(root), emitter_.Int8(kTrue));
}

ValueEmitter::Operand ValueEmitter::Emit(ExprId id) {
  const abi::ExprNode& node = ir().expr(id);
  const auto args = ir().args(id);
  switch (node.op) {
    case Op::kConst:
      return {emitter_.Literal(node.aux), nullptr};
    case Op::kField:
      return EmitField(node.aux);
    case Op::kNeg:
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kMod:
      return EmitArithmetic(id);
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe: {
      llvm::Value* op = emitter_.Int8(abi::PackOp(node.op, node.flags));
      return {nullptr, emitter_.Call(Helper::k_eqlc_compare, {op, Value(args[0]), Value(args[1])})};
    }
    case Op::kAnd:
      return {nullptr, EmitJunction(id, kFalse)};
    case Op::kOr:
      return {nullptr, EmitJunction(id, kTrue)};
    case Op::kNot:
      return {nullptr, EmitNot(Tri(args[0]))};
    case Op::kIsNull:
      return {nullptr, EmitIsNull(args[0])};
    case Op::kIn:
      return EmitMatch(id, Helper::k_eqlc_in_set);
    case Op::kLike:
      return EmitMatch(id, Helper::k_eqlc_like);
    case Op::kRegex:
      return EmitMatch(id, Helper::k_eqlc_regex);
    case Op::kCall:
      return HasMatcher(ir(), id) ? EmitMatch(id, Helper::k_eqlc_cidr) : EmitCall(id);
    case Op::kTruth:
    case Op::kAt:
    case Op::kVar:
    case Op::kSearch:
    case Op::kCount:
      break;  // ConditionFacts leaves such conditions to the interpreter
    case Op::kLeaf:
    case Op::kNever:
    case Op::kAll:
    case Op::kAny:
    case Op::kAnyElement:
      break;
  }
  assert(false && "a condition below a leaf, or a leaf that is not compiled");
  return {emitter_.NullValue(), nullptr};
}

ValueEmitter::Operand ValueEmitter::EmitField(abi::FieldId field) {
  const auto at = std::find_if(chosen_.begin(), chosen_.end(), [&](const auto& entry) { return entry.first == field; });
  assert(at != chosen_.end());
  return {at->second, nullptr};
}

ValueEmitter::Operand ValueEmitter::EmitArithmetic(ExprId id) {
  const abi::ExprNode& node = ir().expr(id);
  const auto args = ir().args(id);
  llvm::Value* out = emitter_.Alloca(emitter_.layout().value);
  // -x is x * -1: the two agree on every value, overflow included.
  const bool negate = node.op == Op::kNeg;
  llvm::Value* op = emitter_.Int8(abi::PackOp(negate ? Op::kMul : node.op, node.flags));
  emitter_.Call(Helper::k_eqlc_arith, {op, Value(args[0]), negate ? MinusOne() : Value(args[1]), out});
  return {out, nullptr};
}

ValueEmitter::Operand ValueEmitter::EmitMatch(ExprId id, Helper helper) {
  return {nullptr, emitter_.Call(helper, {emitter_.Matcher(id), Value(ir().args(id)[0])})};
}

ValueEmitter::Operand ValueEmitter::EmitCall(ExprId id) {
  const abi::ExprNode& node = ir().expr(id);
  const auto args = ir().args(id);
  llvm::Value* array = emitter_.Alloca(emitter_.layout().value, std::max<uint32_t>(node.arg_count, 1));
  for (uint32_t i = 0; i < node.arg_count; ++i) Copy(Value(args[i]), emitter_.At(array, i * sizeof(abi::Value)));
  llvm::Value* out = emitter_.Alloca(emitter_.layout().value);
  emitter_.Call(Helper::k_eqlc_call,
                {emitter_.frame(), emitter_.Function(node.aux), emitter_.Int8((node.flags & abi::kFold) != 0), array,
                 emitter_.Int32(node.arg_count), out});
  return {out, nullptr};
}

// One `decisive` operand decides, else one null makes null. In terms of bits: with d the decisive truth, the result is
// d if any operand is d, else null if any is null, else not d.
llvm::Value* ValueEmitter::EmitJunction(ExprId id, uint8_t decisive) {
  llvm::Value* any_decisive = b().getFalse();
  llvm::Value* any_null = b().getFalse();
  for (const ExprId arg : ir().args(id)) {
    llvm::Value* tri = Tri(arg);
    any_decisive = b().CreateOr(any_decisive, b().CreateICmpEQ(tri, emitter_.Int8(decisive)));
    any_null = b().CreateOr(any_null, b().CreateICmpEQ(tri, emitter_.Int8(kNull)));
  }
  llvm::Value* undecided = b().CreateSelect(any_null, emitter_.Int8(kNull), emitter_.Int8(kTrue - decisive));
  return b().CreateSelect(any_decisive, emitter_.Int8(decisive), undecided);
}

llvm::Value* ValueEmitter::EmitNot(llvm::Value* tri) {
  llvm::Value* is_null = b().CreateICmpEQ(tri, emitter_.Int8(kNull));
  return b().CreateSelect(is_null, tri, b().CreateXor(tri, emitter_.Int8(1)));
}

llvm::Value* ValueEmitter::EmitIsNull(ExprId arg) {
  llvm::Value* is_null = emitter_.HasKind(Value(arg), abi::ValueKind::kNull);
  return b().CreateZExt(is_null, emitter_.layout().i8);
}

llvm::Value* ValueEmitter::Value(ExprId id) {
  Operand& operand = done_.at(id);
  if (operand.value == nullptr) operand.value = TriToValue(operand.tri);
  return operand.value;
}

llvm::Value* ValueEmitter::Tri(ExprId id) {
  Operand& operand = done_.at(id);
  if (operand.tri == nullptr) operand.tri = ValueToTri(operand.value);
  return operand.tri;
}

// Written as two words: payload, then size, kind and padding.
llvm::Value* ValueEmitter::TriToValue(llvm::Value* tri) {
  static_assert(offset::kValuePayload == 0 && offset::kValueSize == 8 && offset::kValueKind == 12);
  const auto kind_word = [&](abi::ValueKind kind) {
    return emitter_.Int64(uint64_t{static_cast<uint8_t>(kind)} << 32);
  };
  llvm::Value* is_true = b().CreateICmpEQ(tri, emitter_.Int8(kTrue));
  llvm::Value* is_null = b().CreateICmpEQ(tri, emitter_.Int8(kNull));
  llvm::Value* out = emitter_.Alloca(emitter_.layout().value);
  b().CreateStore(b().CreateZExt(is_true, emitter_.layout().i64), out);
  b().CreateStore(b().CreateSelect(is_null, kind_word(abi::ValueKind::kNull), kind_word(abi::ValueKind::kBool)),
                  emitter_.At(out, offset::kValueSize));
  return out;
}

// What is no boolean counts as unknown.
llvm::Value* ValueEmitter::ValueToTri(llvm::Value* value) {
  llvm::Value* is_bool = emitter_.HasKind(value, abi::ValueKind::kBool);
  llvm::Value* truth = b().CreateICmpNE(emitter_.Payload(value), emitter_.Int64(0));
  return b().CreateSelect(is_bool, b().CreateZExt(truth, emitter_.layout().i8), emitter_.Int8(kNull));
}

void ValueEmitter::Copy(llvm::Value* from, llvm::Value* to) {
  for (uint64_t at = 0; at < sizeof(abi::Value); at += 8) {
    b().CreateStore(emitter_.Load(emitter_.layout().i64, from, at), emitter_.At(to, at));
  }
}

llvm::Value* ValueEmitter::MinusOne() {
  const Layout& layout = emitter_.layout();
  auto* kind = emitter_.Int8(static_cast<uint8_t>(abi::ValueKind::kInt));
  auto* padding = llvm::ConstantAggregateZero::get(layout.value->getElementType(3));
  auto* minus_one = llvm::ConstantStruct::get(
      layout.value, {emitter_.Int64(static_cast<uint64_t>(-1)), emitter_.Int32(0), kind, padding});
  return emitter_.module().Constant(minus_one);
}

}  // namespace eqlc::codegen
