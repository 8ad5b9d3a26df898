#include "compiler/jit/part_compiler.h"

#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/IR/LLVMContext.h>

#include <utility>

#include "compiler/jit/target.h"

namespace eqlc::jit {

Result<llvm::TargetMachine*> PartCompiler::MachineOf(size_t worker) {
  std::unique_ptr<llvm::TargetMachine>& machine = machines_[worker];
  if (!machine) {
    auto made = llvm::orc::JITTargetMachineBuilder(target_).createTargetMachine();
    if (!made) return ToError("cannot generate code for this processor", made.takeError());
    machine = std::move(*made);
  }
  return machine.get();
}

Result<std::unique_ptr<llvm::MemoryBuffer>> PartCompiler::Compile(size_t worker, const CodePart& part) {
  const auto machine = MachineOf(worker);
  if (!machine) return machine.error();
  llvm::LLVMContext context;
  context.setDiscardValueNames(true);
  auto output = EmitOptimized(plan_, part, context, **machine, level_);
  if (!output) return output.error();
  finish_(**output);
  auto object = llvm::orc::SimpleCompiler(**machine)(**output);
  if (!object) return ToError("cannot compile generated code", object.takeError());
  return std::move(*object);
}

}  // namespace eqlc::jit
