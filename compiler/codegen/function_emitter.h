// FunctionEmitter: an IRBuilder for one function, with the accesses that all emitted code is made of.
//
//   entry:  allocas and what is loaded once per call; ends with a jump to `body` (Finish)
//   body:   where emission starts
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/IRBuilder.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/codegen/condition_facts.h"
#include "compiler/codegen/helpers.h"
#include "compiler/codegen/layout.h"
#include "compiler/ir/ir.h"

namespace eqlc::codegen {

// What all functions of one module share.
struct ModuleContext {
  ModuleContext(const ir::Module& module, const ConditionFacts& condition_facts, llvm::Module& output);
  // A private constant; one for equal ones.
  llvm::GlobalVariable* Constant(llvm::Constant* contents);

  const ir::Module& ir;
  llvm::Module& llvm;
  Layout layout;
  Helpers helpers;
  const ConditionFacts& facts;
  llvm::DenseMap<abi::ExprId, llvm::Function*> leaf_functions;  // those made so far
  llvm::DenseMap<llvm::Constant*, llvm::GlobalVariable*> constants;
};

// Where a test goes on.
struct Targets {
  llvm::BasicBlock* yes;
  llvm::BasicBlock* no;
};

// Thread-safety: none.
class FunctionEmitter {
 public:
  // `frame` and `tables` are arguments of `function`; tables may be null where no literal or matcher is needed.
  FunctionEmitter(ModuleContext& module, llvm::Function* function, llvm::Value* frame, llvm::Value* tables);
  // Closes the entry block. REQUIRES: every other block has a terminator.
  void Finish() { llvm::BranchInst::Create(body_, entry_); }

  ModuleContext& module() { return module_; }
  const ir::Module& ir() const { return module_.ir; }
  const Layout& layout() const { return module_.layout; }
  llvm::IRBuilder<>& builder() { return builder_; }
  llvm::Value* frame() { return frame_; }
  llvm::Value* tables() { return tables_; }

  llvm::BasicBlock* NewBlock(const char* name);
  void StartBlock(llvm::BasicBlock* block) { builder_.SetInsertPoint(block); }
  void Jump(llvm::BasicBlock* block) { builder_.CreateBr(block); }
  void Branch(llvm::Value* condition, Targets targets) { builder_.CreateCondBr(condition, targets.yes, targets.no); }
  llvm::CallInst* Call(Helper helper, llvm::ArrayRef<llvm::Value*> args);

  llvm::ConstantInt* Int8(uint8_t n) { return builder_.getInt8(n); }
  llvm::ConstantInt* Int32(uint32_t n) { return builder_.getInt32(n); }
  llvm::ConstantInt* Int64(uint64_t n) { return builder_.getInt64(n); }
  // base + bytes.
  llvm::Value* At(llvm::Value* base, uint64_t bytes);
  llvm::Value* Load(llvm::Type* type, llvm::Value* base, uint64_t bytes);
  // In the entry block, so that the frame has a fixed size.
  llvm::AllocaInst* Alloca(llvm::Type* type, uint32_t count = 1);

  // --- abi::EventFrame ---
  llvm::Value* SlotCount(abi::FieldId field) {
    return Load(layout().i32, Slots(), SlotOffset(field, offset::kSlotCount));
  }
  // Index of the field's first value, or element.
  llvm::Value* SlotFirst(abi::FieldId field) {
    return Load(layout().i32, Slots(), SlotOffset(field, offset::kSlotFirst));
  }
  // The field's first value. REQUIRES at run time: its count is not 0.
  llvm::Value* FirstValue(abi::FieldId field);

  // --- abi::Value ---
  llvm::Value* Kind(llvm::Value* value) { return Load(layout().i8, value, offset::kValueKind); }
  llvm::Value* HasKind(llvm::Value* value, abi::ValueKind kind);
  llvm::Value* Payload(llvm::Value* value) { return Load(layout().i64, value, offset::kValuePayload); }
  llvm::Value* NullValue();

  // --- abi::ProgramTables ---
  llvm::Value* Literal(abi::LiteralId id);
  llvm::Value* Matcher(abi::ExprId id) { return TableEntry(offset::kTablesMatchers, id); }
  llvm::Value* Function(abi::FunctionId id) { return TableEntry(offset::kTablesFunctions, id); }
  // The literal's text as a constant of the module.
  llvm::Value* Text(abi::LiteralId id);

 private:
  static uint64_t SlotOffset(abi::FieldId field, uint64_t member) { return field * sizeof(abi::FieldSlot) + member; }
  llvm::Value* Slots();
  llvm::Value* Values();
  llvm::Value* LoadOnce(llvm::Value*& cache, uint64_t bytes);
  llvm::Value* TableEntry(uint64_t table, uint32_t index);

  ModuleContext& module_;
  llvm::Function* function_;
  llvm::Value* frame_;
  llvm::Value* tables_;
  llvm::BasicBlock* entry_;
  llvm::BasicBlock* body_;
  llvm::IRBuilder<> builder_;
  llvm::Value* slots_ = nullptr;
  llvm::Value* values_ = nullptr;
};

}  // namespace eqlc::codegen
