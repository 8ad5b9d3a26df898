// PartCompiler: the parts of a ruleset to object files in memory, by several workers at once. Each part has an LLVM
// context of its own, which is gone with it.
#pragma once

#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <functional>
#include <memory>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc::jit {

class PartCompiler {
 public:
  // `finish` is done to each module last, before its code is made; from several threads. `plan` must outlive it.
  PartCompiler(
      const CodePlan& plan, llvm::orc::JITTargetMachineBuilder target, OptLevel level, unsigned workers,
      std::function<void(llvm::Module&)> finish = [](llvm::Module&) {})
      : plan_(plan), target_(std::move(target)), level_(level), finish_(std::move(finish)), machines_(workers) {}

  // `part` is of the plan. Thread-safety: safe from several threads, one for each worker; these count from 0.
  Result<std::unique_ptr<llvm::MemoryBuffer>> Compile(size_t worker, const CodePart& part);

 private:
  Result<llvm::TargetMachine*> MachineOf(size_t worker);

  const CodePlan& plan_;
  const llvm::orc::JITTargetMachineBuilder target_;
  const OptLevel level_;
  const std::function<void(llvm::Module&)> finish_;
  std::vector<std::unique_ptr<llvm::TargetMachine>> machines_;  // [worker], once it has begun
};

}  // namespace eqlc::jit
