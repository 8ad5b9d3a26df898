// Emission of stage transitions: abi::AdvanceFn, one per sequence rule.
#pragma once

#include <string>

#include "compiler/codegen/function_emitter.h"

namespace eqlc::codegen {

// False for rules without a transition, and for those with more items than `hits` has bits.
bool HasTransition(const ir::Rule& rule);

// REQUIRES: HasTransition.
void EmitTransition(ModuleContext& module, const ir::Rule& rule, const std::string& name);

}  // namespace eqlc::codegen
