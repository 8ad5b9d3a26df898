// Emission of conditions: abi::ConditionFn, short-circuit.
#pragma once

#include <string>

#include "compiler/codegen/function_emitter.h"

namespace eqlc::codegen {

void EmitCondition(ModuleContext& module, abi::ExprId root, const std::string& name);

}  // namespace eqlc::codegen
