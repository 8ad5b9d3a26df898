// Codegen: IR to LLVM modules, one for each part of a CodePlan. With compiler/jit the only users of LLVM.
#pragma once

#include <memory>

#include "compiler/codegen/code_plan.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace eqlc {

// Emits conditions as abi::ConditionFn and stage transitions as abi::AdvanceFn, which the plan names. `part` is of
// `plan`. The module verifies. Thread-safety: safe from several threads with a context each.
std::unique_ptr<llvm::Module> EmitModule(const CodePlan& plan, const CodePart& part, llvm::LLVMContext& context);

}  // namespace eqlc
