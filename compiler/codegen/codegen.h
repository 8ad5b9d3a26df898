// Codegen: IR to one LLVM module. With compiler/jit the only users of LLVM.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace eqlc {

// Names of what generated code exports; entries are empty where the interpreter must be used.
struct NativeSymbols {
  std::vector<std::string> conditions;  // [ConditionId]
  std::vector<std::string> advance;     // [rule index]
};

// Emits conditions as abi::ConditionFn and stage transitions as abi::AdvanceFn. The module verifies.
std::unique_ptr<llvm::Module> EmitModule(const ir::Module& module, llvm::LLVMContext& context, NativeSymbols& symbols);

}  // namespace eqlc
