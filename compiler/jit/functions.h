// What the Library points to (compiler/jit/library.h).
#pragma once

#include <span>

#include "compiler/jit/library.h"

namespace eqlc::jit {

CompileFn Compile;
DumpFn Dump;
FindCpuFn FindCpu;
EmitRulesetObjectsFn EmitRulesetObjects;
LinkRulesetFn LinkRuleset;
ReturnLlvmPagesFn ReturnLlvmPages;

// What the program that loaded the library has for generated code to call.
std::span<const HelperAddress> Helpers();

}  // namespace eqlc::jit
