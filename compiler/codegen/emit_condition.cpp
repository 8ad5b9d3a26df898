// Tested by tests/unit/compiler/jit/condition_test.cpp.
#include "compiler/codegen/emit_condition.h"

#include <cassert>

#include "compiler/codegen/emit_leaf.h"

namespace eqlc::codegen {
namespace {

using abi::ExprId;
using abi::Op;

// Recursion is bounded by ConditionFacts::compiled.
void EmitTest(FunctionEmitter& emitter, ExprId id, Targets targets);

// The operands in turn. `and` goes on while they hold, `or` while they don't.
void EmitJunction(FunctionEmitter& emitter, ExprId id, Targets targets) {
  const bool all = emitter.ir().expr(id).op == Op::kAll;
  for (const ExprId operand : emitter.ir().args(id)) {
    llvm::BasicBlock* next = emitter.NewBlock("operand");
    EmitTest(emitter, operand, all ? Targets{next, targets.no} : Targets{targets.yes, next});
    emitter.StartBlock(next);
  }
  emitter.Jump(all ? targets.yes : targets.no);
}

// The condition for one element after the other, with the scope bound to it.
void EmitAnyElement(FunctionEmitter& emitter, ExprId id, Targets targets) {
  const abi::ScopeId scope = emitter.ir().expr(id).aux;
  const abi::FieldId array = emitter.ir().scopes()[scope].array;
  llvm::IRBuilder<>& b = emitter.builder();
  llvm::BasicBlock* before = b.GetInsertBlock();
  llvm::BasicBlock* loop = emitter.NewBlock("element");
  llvm::BasicBlock* body = emitter.NewBlock("bound_element");
  llvm::BasicBlock* next = emitter.NewBlock("next_element");
  // Read once: a search inside this one may bind the array itself anew.
  llvm::Value* first = emitter.SlotFirst(array);
  llvm::Value* end = b.CreateAdd(first, emitter.SlotCount(array));
  emitter.Jump(loop);

  emitter.StartBlock(loop);
  llvm::PHINode* element = b.CreatePHI(emitter.layout().i32, 2);
  element->addIncoming(first, before);
  emitter.Branch(b.CreateICmpULT(element, end), {body, targets.no});

  emitter.StartBlock(body);
  emitter.Call(Helper::k_eqlc_bind_element, {emitter.frame(), emitter.Int32(scope), element});
  EmitTest(emitter, emitter.ir().args(id)[0], {targets.yes, next});

  emitter.StartBlock(next);
  element->addIncoming(b.CreateAdd(element, emitter.Int32(1)), next);
  emitter.Jump(loop);
}

void EmitTest(FunctionEmitter& emitter, ExprId id, Targets targets) {
  switch (emitter.ir().expr(id).op) {
    case Op::kLeaf:
      return EmitLeaf(emitter, id, targets);
    case Op::kNever:
      return EmitTest(emitter, emitter.ir().args(id)[0], {targets.no, targets.yes});
    case Op::kAll:
    case Op::kAny:
      return EmitJunction(emitter, id, targets);
    case Op::kAnyElement:
      return EmitAnyElement(emitter, id, targets);
    default:
      assert(false && "a value expression above a leaf");
  }
}

}  // namespace

void EmitCondition(ModuleContext& module, ExprId root, const std::string& name) {
  const Layout& layout = module.layout;
  auto* type = llvm::FunctionType::get(layout.i1, {layout.ptr, layout.ptr}, false);
  auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module.llvm);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  function->addRetAttr(llvm::Attribute::ZExt);
  FunctionEmitter emitter(module, function, function->getArg(0), function->getArg(1));
  const Targets targets = {emitter.NewBlock("yes"), emitter.NewBlock("no")};
  EmitTest(emitter, root, targets);
  emitter.StartBlock(targets.yes);
  emitter.builder().CreateRet(emitter.builder().getTrue());
  emitter.StartBlock(targets.no);
  emitter.builder().CreateRet(emitter.builder().getFalse());
  emitter.Finish();
}

}  // namespace eqlc::codegen
