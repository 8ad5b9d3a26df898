// PartCompiler: from a part of a ruleset to an object file in memory.
#pragma once

#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>

#include "compiler/codegen/codegen.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc::jit {

// What one thread compiles with.
class PartCompiler {
 public:
  static Result<PartCompiler> Create(OptLevel level);

  // Leaves nothing behind but the object.
  Result<std::unique_ptr<llvm::MemoryBuffer>> Compile(const CodePlan& plan, const CodePart& part,
                                                      NativeSymbols& symbols);

 private:
  PartCompiler(std::unique_ptr<llvm::TargetMachine> machine, OptLevel level)
      : machine_(std::move(machine)), level_(level) {}

  std::unique_ptr<llvm::TargetMachine> machine_;
  OptLevel level_;
};

}  // namespace eqlc::jit
