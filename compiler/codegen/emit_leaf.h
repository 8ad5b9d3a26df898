// Emission of leaves: two-valued, true when some choice of field values makes the leaf's argument true.
#pragma once

#include "compiler/codegen/function_emitter.h"

namespace eqlc::codegen {

// Emits the test of one leaf and goes to one of `targets`. Leaves that several conditions use, and those that need
// loops over several fields, get a function of their own, made when first asked for.
void EmitLeaf(FunctionEmitter& emitter, abi::ExprId leaf, Targets targets);

}  // namespace eqlc::codegen
