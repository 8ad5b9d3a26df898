// One function per shape of leaf_shape.h. What differs from the expected kind of value (a number where a string is
// compared, say) goes through the runtime's helper, which knows all conversions.
// Tested by tests/unit/compiler/jit/leaf_test.cpp and differential_test.cpp.
#include "compiler/codegen/emit_leaf.h"

#include <algorithm>
#include <cassert>
#include <string>

#include "compiler/codegen/emit_text.h"
#include "compiler/codegen/emit_value.h"
#include "compiler/codegen/leaf_shape.h"
#include "eqlc/limits.hpp"

namespace eqlc::codegen {
namespace {

using abi::ExprId;
using abi::FieldId;
using abi::Op;
using abi::ValueKind;

constexpr uint8_t kTrue = 1;  // of the tri-state results

// Emits the body of one leaf.
class LeafEmitter {
 public:
  LeafEmitter(FunctionEmitter& emitter, const LeafPlan& plan) : emitter_(emitter), plan_(plan) {}

  void Emit(Targets targets) {
    switch (plan_.shape) {
      case LeafShape::kIsNull:
        return emitter_.Branch(b().CreateICmpEQ(emitter_.SlotCount(plan_.field), emitter_.Int32(0)), targets);
      case LeafShape::kGeneric:
        return EmitGeneric(targets);
      case LeafShape::kTruth:
      case LeafShape::kCompare:
      case LeafShape::kTexts:
      case LeafShape::kIn:
      case LeafShape::kLike:
      case LeafShape::kRegex:
      case LeafShape::kCidr:
        return EmitEachValue(targets);
    }
  }

 private:
  llvm::IRBuilder<>& b() { return emitter_.builder(); }
  const ir::Module& ir() const { return emitter_.ir(); }

  // The field's values in turn; a missing field is false.
  void EmitEachValue(Targets targets) {
    llvm::BasicBlock* present = emitter_.NewBlock("present");
    llvm::BasicBlock* loop = emitter_.NewBlock("value");
    llvm::BasicBlock* next = emitter_.NewBlock("next_value");
    llvm::Value* count = emitter_.SlotCount(plan_.field);
    emitter_.Branch(b().CreateICmpEQ(count, emitter_.Int32(0)), {targets.no, present});

    emitter_.StartBlock(present);
    llvm::Value* begin = emitter_.FirstValue(plan_.field);
    llvm::Value* end = b().CreateInBoundsGEP(emitter_.layout().value, begin, b().CreateZExt(count, b().getInt64Ty()));
    emitter_.Jump(loop);

    emitter_.StartBlock(loop);
    llvm::PHINode* value = b().CreatePHI(emitter_.layout().ptr, 2);
    value->addIncoming(begin, present);
    EmitTest(value, {targets.yes, next});

    emitter_.StartBlock(next);
    llvm::Value* following = emitter_.At(value, sizeof(abi::Value));
    value->addIncoming(following, next);
    emitter_.Branch(b().CreateICmpEQ(following, end), {targets.no, loop});
  }

  void EmitTest(llvm::Value* value, Targets targets) {
    switch (plan_.shape) {
      case LeafShape::kTruth:
        return EmitTruth(value, targets);
      case LeafShape::kCompare:
        return EmitCompare(value, targets);
      case LeafShape::kTexts:
        return EmitTexts(value, targets);
      case LeafShape::kIn:
        return EmitMatch(Helper::k_eqlc_in_set, value, targets);
      case LeafShape::kLike:
        return EmitMatch(Helper::k_eqlc_like, value, targets);
      case LeafShape::kRegex:
        return EmitMatch(Helper::k_eqlc_regex, value, targets);
      case LeafShape::kCidr:
        return EmitMatch(Helper::k_eqlc_cidr, value, targets);
      case LeafShape::kIsNull:
      case LeafShape::kGeneric:
        break;
    }
    assert(false && "not tested value by value");
  }

  // Goes to a new block, the current one from then on, when the value has the kind.
  void RequireKind(llvm::Value* value, ValueKind kind, llvm::BasicBlock* otherwise) {
    llvm::BasicBlock* expected = emitter_.NewBlock("expected_kind");
    emitter_.Branch(emitter_.HasKind(value, kind), {expected, otherwise});
    emitter_.StartBlock(expected);
  }

  void BranchIfTrue(llvm::Value* tri, Targets targets) {
    emitter_.Branch(b().CreateICmpEQ(tri, emitter_.Int8(kTrue)), targets);
  }

  void EmitMatch(Helper helper, llvm::Value* value, Targets targets) {
    BranchIfTrue(emitter_.Call(helper, {emitter_.Matcher(plan_.node), value}), targets);
  }

  void EmitCompareCall(llvm::Value* value, Targets targets) {
    llvm::Value* op = emitter_.Int8(abi::PackOp(plan_.op, plan_.flags));
    BranchIfTrue(emitter_.Call(Helper::k_eqlc_compare, {op, value, emitter_.Literal(plan_.literal)}), targets);
  }

  void EmitTruth(llvm::Value* value, Targets targets) {
    RequireKind(value, ValueKind::kBool, targets.no);
    emitter_.Branch(b().CreateICmpNE(emitter_.Payload(value), emitter_.Int64(0)), targets);
  }

  void EmitCompare(llvm::Value* value, Targets targets) {
    const ir::Literal& literal = ir().literals()[plan_.literal];
    const bool inlined = literal.kind == ValueKind::kInt || (literal.kind == ValueKind::kBool && plan_.op == Op::kEq);
    if (!inlined) return EmitCompareCall(value, targets);
    llvm::BasicBlock* other_kind = emitter_.NewBlock("other_kind");
    RequireKind(value, literal.kind, other_kind);
    llvm::Value* constant = emitter_.Int64(static_cast<uint64_t>(literal.i64));
    emitter_.Branch(b().CreateICmp(Predicate(plan_.op), emitter_.Payload(value), constant), targets);
    emitter_.StartBlock(other_kind);
    EmitCompareCall(value, targets);
  }

  static llvm::CmpInst::Predicate Predicate(Op op) {
    switch (op) {
      case Op::kLt:
        return llvm::CmpInst::ICMP_SLT;
      case Op::kLe:
        return llvm::CmpInst::ICMP_SLE;
      case Op::kGt:
        return llvm::CmpInst::ICMP_SGT;
      case Op::kGe:
        return llvm::CmpInst::ICMP_SGE;
      default:
        assert(op == Op::kEq);
        return llvm::CmpInst::ICMP_EQ;
    }
  }

  void EmitTexts(llvm::Value* value, Targets targets) {
    llvm::BasicBlock* other_kind = plan_.converts ? emitter_.NewBlock("other_kind") : targets.no;
    RequireKind(value, ValueKind::kString, other_kind);
    EmitTextTests(emitter_, value, plan_.texts, plan_.fold, targets);
    if (!plan_.converts) return;
    emitter_.StartBlock(other_kind);
    if (plan_.literal != abi::kNone) return EmitCompareCall(value, targets);
    EmitMatch(Helper::k_eqlc_in_set, value, targets);
  }

  // One loop per field, the last field innermost, as the interpreter counts; a missing field is one null. Gives up
  // after kMaxCombinationsPerLeaf combinations.
  void EmitGeneric(Targets targets) {
    const std::vector<ExprId> nodes = ValueNodes(ir(), plan_.node);
    llvm::BasicBlock* next = targets.no;
    ChosenValues chosen;
    std::vector<FieldId> fields;
    for (const ExprId id : nodes) {
      if (ir().expr(id).op == Op::kField) fields.push_back(ir().expr(id).aux);
    }
    std::sort(fields.begin(), fields.end());
    llvm::Value* budget = fields.size() > 1 ? StartBudget() : nullptr;
    for (const FieldId field : fields) next = OpenLoop(field, next, chosen);
    if (budget != nullptr) SpendBudget(budget, targets.no);
    emitter_.Branch(ValueEmitter(emitter_, chosen).IsTrue(plan_.node, nodes), {targets.yes, next});
  }

  // Opens the loop over one field in the current block; its body becomes the current block. Returns the block that goes
  // on to the field's next value; behind the last one is `exit`.
  llvm::BasicBlock* OpenLoop(FieldId field, llvm::BasicBlock* exit, ChosenValues& chosen) {
    llvm::Value* count = emitter_.SlotCount(field);
    llvm::Value* missing = b().CreateICmpEQ(count, emitter_.Int32(0));
    llvm::Value* begin = b().CreateSelect(missing, emitter_.NullValue(), emitter_.FirstValue(field));
    llvm::Value* steps = b().CreateSelect(missing, emitter_.Int32(1), count);
    llvm::Value* end = b().CreateGEP(emitter_.layout().value, begin, b().CreateZExt(steps, b().getInt64Ty()));
    llvm::BasicBlock* before = b().GetInsertBlock();
    llvm::BasicBlock* loop = emitter_.NewBlock("value");
    llvm::BasicBlock* next = emitter_.NewBlock("next_value");
    emitter_.Jump(loop);

    emitter_.StartBlock(next);
    llvm::PHINode* value = llvm::PHINode::Create(emitter_.layout().ptr, 2, "", loop);
    llvm::Value* following = emitter_.At(value, sizeof(abi::Value));
    emitter_.Branch(b().CreateICmpEQ(following, end), {exit, loop});
    value->addIncoming(begin, before);
    value->addIncoming(following, next);

    emitter_.StartBlock(loop);
    chosen.emplace_back(field, value);
    return next;
  }

  llvm::Value* StartBudget() {
    llvm::Value* budget = emitter_.Alloca(emitter_.layout().i64);
    b().CreateStore(emitter_.Int64(limits::kMaxCombinationsPerLeaf), budget);
    return budget;
  }

  void SpendBudget(llvm::Value* budget, llvm::BasicBlock* exhausted) {
    llvm::BasicBlock* go_on = emitter_.NewBlock("combination");
    llvm::Value* left = emitter_.Load(emitter_.layout().i64, budget, 0);
    b().CreateStore(b().CreateSub(left, emitter_.Int64(1)), budget);
    emitter_.Branch(b().CreateICmpEQ(left, emitter_.Int64(0)), {exhausted, go_on});
    emitter_.StartBlock(go_on);
  }

  FunctionEmitter& emitter_;
  const LeafPlan& plan_;
};

// Emits the leaf's function: `i1 leaf_N(frame, tables)`.
class LeafFunction {
 public:
  LeafFunction(ModuleContext& module, llvm::Function* function)
      : emitter_(module, function, function->getArg(0), function->getArg(1)) {}

  void Emit(const LeafPlan& plan, abi::LeafId leaf, bool memoised) {
    const Targets targets = {emitter_.NewBlock("yes"), emitter_.NewBlock("no")};
    llvm::Value* memo = memoised ? EmitMemoLookup(leaf) : nullptr;
    LeafEmitter(emitter_, plan).Emit(targets);
    EmitReturn(targets.yes, memo, true);
    EmitReturn(targets.no, memo, false);
    emitter_.Finish();
  }

 private:
  llvm::IRBuilder<>& b() { return emitter_.builder(); }

  // Returns the stored answer if there is one for this event. Gives the place to store it, else.
  llvm::Value* EmitMemoLookup(abi::LeafId leaf) {
    const Layout& layout = emitter_.layout();
    memo_base_ = EmitEpochBits();
    llvm::Value* memo =
        emitter_.At(emitter_.Load(layout.ptr, emitter_.frame(), offset::kFrameMemo), leaf * sizeof(uint32_t));
    llvm::Value* age = b().CreateXor(emitter_.Load(layout.i32, memo, 0), memo_base_);
    llvm::BasicBlock* known = emitter_.NewBlock("known");
    llvm::BasicBlock* unknown = emitter_.NewBlock("unknown");
    emitter_.Branch(b().CreateICmpULE(age, emitter_.Int32(1)), {known, unknown});
    emitter_.StartBlock(known);
    b().CreateRet(b().CreateTrunc(age, layout.i1));
    emitter_.StartBlock(unknown);
    return memo;
  }

  llvm::Value* EmitEpochBits() {
    return b().CreateShl(emitter_.Load(emitter_.layout().i32, emitter_.frame(), offset::kFrameEpoch), 1);
  }

  void EmitReturn(llvm::BasicBlock* block, llvm::Value* memo, bool answer) {
    emitter_.StartBlock(block);
    if (memo != nullptr) b().CreateStore(b().CreateOr(memo_base_, emitter_.Int32(answer ? 1 : 0)), memo);
    b().CreateRet(b().getInt1(answer));
  }

  FunctionEmitter emitter_;
  llvm::Value* memo_base_ = nullptr;  // 2 * epoch
};

llvm::Function* LeafFunctionOf(ModuleContext& module, ExprId leaf, const LeafPlan& plan) {
  llvm::Function*& function = module.leaf_functions[leaf];
  if (function != nullptr) return function;
  const abi::LeafId number = module.ir.expr(leaf).aux;
  const Layout& layout = module.layout;
  auto* type = llvm::FunctionType::get(layout.i1, {layout.ptr, layout.ptr}, false);
  function =
      llvm::Function::Create(type, llvm::Function::InternalLinkage, "leaf_" + std::to_string(number), module.llvm);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  function->addRetAttr(llvm::Attribute::ZExt);
  const bool memoised = module.facts.uses(leaf) > 1 && !module.facts.is_cheap(leaf) && !module.facts.bound(leaf);
  LeafFunction(module, function).Emit(plan, number, memoised);
  return function;
}

}  // namespace

void EmitLeaf(FunctionEmitter& emitter, ExprId leaf, Targets targets) {
  ModuleContext& module = emitter.module();
  const LeafPlan plan = PlanLeaf(module.ir, leaf);
  const bool tiny = plan.shape == LeafShape::kIsNull;
  if (plan.shape != LeafShape::kGeneric && (tiny || module.facts.uses(leaf) == 1)) {
    return LeafEmitter(emitter, plan).Emit(targets);
  }
  llvm::Function* function = LeafFunctionOf(module, leaf, plan);
  llvm::CallInst* call = emitter.builder().CreateCall(function, {emitter.frame(), emitter.tables()});
  call->addRetAttr(llvm::Attribute::ZExt);
  emitter.Branch(call, targets);
}

}  // namespace eqlc::codegen
