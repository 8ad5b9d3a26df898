// Emission of value expressions: three-valued, null handling structural. Straight-line: nothing below a leaf has an
// effect, so everything is computed and no branch is needed.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/codegen/function_emitter.h"

namespace eqlc::codegen {

// A field and the abi::Value* chosen for it (of a null value when the field is missing).
using ChosenValues = std::vector<std::pair<abi::FieldId, llvm::Value*>>;

// Evaluates value expressions for one choice of field values. Operands shared between expressions are computed once.
class ValueEmitter {
 public:
  ValueEmitter(FunctionEmitter& emitter, const ChosenValues& chosen) : emitter_(emitter), chosen_(chosen) {}

  // An i1: is the value of `root` the boolean true? `nodes` is ValueNodes of `root`.
  llvm::Value* IsTrue(abi::ExprId root, const std::vector<abi::ExprId>& nodes);

 private:
  // What a node gave: a truth or a value, each made from the other when first asked for.
  struct Operand {
    llvm::Value* value = nullptr;  // abi::Value*
    llvm::Value* tri = nullptr;    // i8: 0 false, 1 true, 2 null or no boolean
  };

  Operand Emit(abi::ExprId id);
  Operand EmitField(abi::FieldId field);
  Operand EmitArithmetic(abi::ExprId id);
  Operand EmitMatch(abi::ExprId id, Helper helper);
  Operand EmitCall(abi::ExprId id);
  llvm::Value* EmitJunction(abi::ExprId id, uint8_t decisive);
  llvm::Value* EmitNot(llvm::Value* tri);
  llvm::Value* EmitIsNull(abi::ExprId arg);

  llvm::Value* Value(abi::ExprId id);
  llvm::Value* Tri(abi::ExprId id);
  llvm::Value* TriToValue(llvm::Value* tri);
  llvm::Value* ValueToTri(llvm::Value* value);
  void Copy(llvm::Value* from, llvm::Value* to);
  llvm::Value* MinusOne();

  llvm::IRBuilder<>& b() { return emitter_.builder(); }
  const ir::Module& ir() const { return emitter_.ir(); }

  FunctionEmitter& emitter_;
  const ChosenValues& chosen_;
  std::unordered_map<abi::ExprId, Operand> done_;
};

}  // namespace eqlc::codegen
