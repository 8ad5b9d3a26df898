// EmitModule: the functions of one part of a ruleset as an LLVM module.
#include <llvm/IR/Module.h>

#include <string>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/emit_condition.h"
#include "compiler/codegen/emit_sequence.h"

namespace eqlc {

std::unique_ptr<llvm::Module> EmitModule(const CodePlan& plan, const CodePart& part, llvm::LLVMContext& context,
                                         NativeSymbols& symbols) {
  const ir::Module& module = plan.module();
  auto output = std::make_unique<llvm::Module>("eqlc", context);
  codegen::ModuleContext shared(module, plan.facts(), *output);
  symbols.conditions.assign(module.conditions().size(), "");
  symbols.advance.assign(module.rules().size(), "");

  for (const abi::ConditionId id : part.conditions) {
    symbols.conditions[id] = plan.ConditionName(id);
    codegen::EmitCondition(shared, module.conditions()[id], symbols.conditions[id]);
  }
  for (const uint32_t rule : part.transitions) {
    symbols.advance[rule] = plan.TransitionName(rule);
    codegen::EmitTransition(shared, module.rules()[rule], symbols.advance[rule]);
  }
  return output;
}

}  // namespace eqlc
