// EmitModule: the functions of one part of a ruleset as an LLVM module.
#include <llvm/IR/Module.h>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/emit_condition.h"
#include "compiler/codegen/emit_sequence.h"

namespace eqlc {

std::unique_ptr<llvm::Module> EmitModule(const CodePlan& plan, const CodePart& part, llvm::LLVMContext& context) {
  const ir::Module& module = plan.module();
  auto output = std::make_unique<llvm::Module>("eqlc", context);
  codegen::ModuleContext shared(module, plan.facts(), *output);
  for (const abi::ConditionId id : part.conditions) {
    codegen::EmitCondition(shared, module.conditions()[id], plan.ConditionName(id));
  }
  for (const uint32_t rule : part.transitions) {
    codegen::EmitTransition(shared, module.rules()[rule], plan.TransitionName(rule));
  }
  return output;
}

}  // namespace eqlc
