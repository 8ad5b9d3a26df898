#include "compiler/jit/part_compiler.h"

#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/IR/LLVMContext.h>

#include <utility>

#include "compiler/jit/target.h"

namespace eqlc::jit {

Result<PartCompiler> PartCompiler::Create(OptLevel level) {
  auto target = HostTarget(level);
  if (!target) return target.error();
  auto machine = target->createTargetMachine();
  if (!machine) return ToError("cannot generate code for this machine", machine.takeError());
  return PartCompiler(std::move(*machine), level);
}

Result<std::unique_ptr<llvm::MemoryBuffer>> PartCompiler::Compile(const CodePlan& plan, const CodePart& part,
                                                                  NativeSymbols& symbols) {
  llvm::LLVMContext context;
  context.setDiscardValueNames(true);
  auto output = EmitOptimized(plan, part, context, *machine_, level_, symbols);
  if (!output) return output.error();
  auto object = llvm::orc::SimpleCompiler(*machine_)(**output);
  if (!object) return ToError("cannot compile generated code", object.takeError());
  return std::move(*object);
}

}  // namespace eqlc::jit
