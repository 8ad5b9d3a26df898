// Generated code as text.
#include <llvm/ADT/SmallString.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/functions.h"
#include "compiler/jit/target.h"

namespace eqlc::jit {
namespace {

Result<std::string> Assembly(llvm::Module& module, llvm::TargetMachine& machine) {
  llvm::SmallString<0> text;
  llvm::raw_svector_ostream stream(text);
  llvm::legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, llvm::CodeGenFileType::AssemblyFile)) {
    return Error{"cannot write assembly for this machine"};
  }
  passes.run(module);
  return std::string(text);
}

}  // namespace

Result<std::string> Dump(const ir::Module& module, OptLevel level, bool asm_text) {
  auto target = HostTarget(level);
  if (!target) return target.error();
  auto machine = target->createTargetMachine();
  if (!machine) return ToError("cannot generate code for this machine", machine.takeError());

  llvm::LLVMContext context;
  auto output = EmitOptimized(module, context, **machine, level);
  if (!output) return output.error();
  if (asm_text) return Assembly(**output, **machine);
  std::string text;
  llvm::raw_string_ostream stream(text);
  (*output)->print(stream, nullptr);
  return text;
}

}  // namespace eqlc::jit
