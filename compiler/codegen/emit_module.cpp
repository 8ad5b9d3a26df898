// EmitModule: every condition and transition of a ruleset in one LLVM module.
#include <llvm/IR/Module.h>

#include <string>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/emit_condition.h"
#include "compiler/codegen/emit_sequence.h"

namespace eqlc {

std::unique_ptr<llvm::Module> EmitModule(const ir::Module& module, llvm::LLVMContext& context, NativeSymbols& symbols) {
  auto output = std::make_unique<llvm::Module>("eqlc", context);
  codegen::ModuleContext shared(module, *output);
  symbols.conditions.assign(module.conditions().size(), "");
  symbols.advance.assign(module.rules().size(), "");

  for (size_t i = 0; i < symbols.conditions.size(); ++i) {
    const abi::ExprId root = module.conditions()[i];
    if (!shared.facts.compiled(root)) continue;
    symbols.conditions[i] = "eqlc_condition_" + std::to_string(i);
    codegen::EmitCondition(shared, root, symbols.conditions[i]);
  }
  for (size_t i = 0; i < symbols.advance.size(); ++i) {
    if (!codegen::HasTransition(module.rules()[i])) continue;
    symbols.advance[i] = "eqlc_advance_" + std::to_string(i);
    codegen::EmitTransition(shared, module.rules()[i], symbols.advance[i]);
  }
  return output;
}

}  // namespace eqlc
