// The host as LLVM's target, and what each OptLevel means.
#pragma once

#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <string>

#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc {
class CodePlan;
struct CodePart;
}  // namespace eqlc

namespace eqlc::jit {

Error ToError(const char* what, llvm::Error error);

// This machine's CPU with all its features.
Result<llvm::orc::JITTargetMachineBuilder> HostTarget(OptLevel level);

// EmitModule of one part for the machine, then the passes of `level`. Verified in builds with assertions.
Result<std::unique_ptr<llvm::Module>> EmitOptimized(const CodePlan& plan, const CodePart& part,
                                                    llvm::LLVMContext& context, llvm::TargetMachine& machine,
                                                    OptLevel level);
// The same of a whole ruleset.
Result<std::unique_ptr<llvm::Module>> EmitOptimized(const ir::Module& module, llvm::LLVMContext& context,
                                                    llvm::TargetMachine& machine, OptLevel level);

}  // namespace eqlc::jit
