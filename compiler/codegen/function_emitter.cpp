#include "compiler/codegen/function_emitter.h"

#include <llvm/IR/Constants.h>

namespace eqlc::codegen {

ModuleContext::ModuleContext(const ir::Module& module, const ConditionFacts& condition_facts, llvm::Module& output)
    : ir(module), llvm(output), layout(output.getContext()), helpers(output, layout), facts(condition_facts) {}

llvm::GlobalVariable* ModuleContext::Constant(llvm::Constant* contents) {
  llvm::GlobalVariable*& global = constants[contents];
  if (global == nullptr) {
    global =
        new llvm::GlobalVariable(llvm, contents->getType(), true, llvm::GlobalValue::PrivateLinkage, contents, "k");
    global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  }
  return global;
}

FunctionEmitter::FunctionEmitter(ModuleContext& module, llvm::Function* function, llvm::Value* frame,
                                 llvm::Value* tables)
    : module_(module),
      function_(function),
      frame_(frame),
      tables_(tables),
      entry_(llvm::BasicBlock::Create(module.llvm.getContext(), "entry", function)),
      body_(llvm::BasicBlock::Create(module.llvm.getContext(), "body", function)),
      builder_(body_) {}

llvm::BasicBlock* FunctionEmitter::NewBlock(const char* name) {
  return llvm::BasicBlock::Create(module_.llvm.getContext(), name, function_);
}

llvm::CallInst* FunctionEmitter::Call(Helper helper, llvm::ArrayRef<llvm::Value*> args) {
  return builder_.CreateCall(module_.helpers.Get(helper), args);
}

llvm::Value* FunctionEmitter::At(llvm::Value* base, uint64_t bytes) {
  return bytes == 0 ? base : builder_.CreateConstInBoundsGEP1_64(layout().i8, base, bytes);
}

llvm::Value* FunctionEmitter::Load(llvm::Type* type, llvm::Value* base, uint64_t bytes) {
  return builder_.CreateLoad(type, At(base, bytes));
}

llvm::AllocaInst* FunctionEmitter::Alloca(llvm::Type* type, uint32_t count) {
  return llvm::IRBuilder<>(entry_).CreateAlloca(type, Int32(count));
}

llvm::Value* FunctionEmitter::FirstValue(abi::FieldId field) {
  return builder_.CreateInBoundsGEP(layout().value, Values(), builder_.CreateZExt(SlotFirst(field), layout().i64));
}

llvm::Value* FunctionEmitter::HasKind(llvm::Value* value, abi::ValueKind kind) {
  return builder_.CreateICmpEQ(Kind(value), Int8(static_cast<uint8_t>(kind)));
}

llvm::Value* FunctionEmitter::NullValue() {
  static_assert(static_cast<int>(abi::ValueKind::kNull) == 0);
  return module_.Constant(llvm::ConstantAggregateZero::get(layout().value));
}

llvm::Value* FunctionEmitter::Literal(abi::LiteralId id) {
  return At(Load(layout().ptr, tables_, offset::kTablesLiterals), id * sizeof(abi::Value));
}

llvm::Value* FunctionEmitter::Text(abi::LiteralId id) {
  return module_.Constant(
      llvm::ConstantDataArray::getString(module_.llvm.getContext(), ir().literals()[id].text, false));
}

llvm::Value* FunctionEmitter::Slots() { return LoadOnce(slots_, offset::kFrameSlots); }
llvm::Value* FunctionEmitter::Values() { return LoadOnce(values_, offset::kFrameValues); }

llvm::Value* FunctionEmitter::LoadOnce(llvm::Value*& cache, uint64_t bytes) {
  if (cache == nullptr) {
    llvm::IRBuilder<> entry(entry_);
    cache = entry.CreateLoad(layout().ptr, entry.CreateConstInBoundsGEP1_64(layout().i8, frame_, bytes));
  }
  return cache;
}

llvm::Value* FunctionEmitter::TableEntry(uint64_t table, uint32_t index) {
  return Load(layout().ptr, Load(layout().ptr, tables_, table), index * sizeof(void*));
}

}  // namespace eqlc::codegen
