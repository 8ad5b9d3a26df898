// Emission of string tests: straight-line word compares without calls.
#pragma once

#include <span>

#include "compiler/codegen/function_emitter.h"
#include "compiler/codegen/text_pattern.h"

namespace eqlc::codegen {

// Goes to `targets.yes` when the text of `value` matches any pattern. Reads no byte outside the text.
// REQUIRES: CanInline of each pattern; at run time: `value` is a string.
void EmitTextTests(FunctionEmitter& emitter, llvm::Value* value, std::span<const TextPattern> patterns, bool fold,
                   Targets targets);

}  // namespace eqlc::codegen
