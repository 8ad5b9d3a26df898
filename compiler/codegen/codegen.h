// Codegen: IR to LLVM modules, one for each part of a CodePlan. With compiler/jit the only users of LLVM.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compiler/codegen/code_plan.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace eqlc {

// Names of what a module exports; entries are empty for functions that it lacks.
struct NativeSymbols {
  std::vector<std::string> conditions;  // [ConditionId]
  std::vector<std::string> advance;     // [rule index]
};

// Emits conditions as abi::ConditionFn and stage transitions as abi::AdvanceFn. `part` is of `plan`. The module
// verifies. Thread-safety: safe from several threads with a context each.
std::unique_ptr<llvm::Module> EmitModule(const CodePlan& plan, const CodePart& part, llvm::LLVMContext& context,
                                         NativeSymbols& symbols);

}  // namespace eqlc
