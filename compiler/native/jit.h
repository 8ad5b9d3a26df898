// Jit: machine code for an IR module, in this process or as an object. What makes it is in a library that the first
// call loads (compiler/native/jit_library.h); a call that cannot load it is an Error.
#pragma once

#include <memory>
#include <span>

#include "compiler/ir/ir.h"
#include "compiler/jit/library.h"
#include "compiler/native/background_code.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"
#include "runtime/program/native_code.h"

namespace eqlc {

// Compiles all conditions and transitions, or those of `only` that are not large if that is not empty. The result
// owns the code. Memory that was only for the compilation is left to the caller to be returned.
Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, const JitOptions& options,
                                               std::span<const abi::ConditionId> only = {});

// The same in parts, while sessions run.
std::unique_ptr<BackgroundCode> JitInBackground(std::shared_ptr<const ir::Module> module, const JitOptions& options);

// What the library has (compiler/jit/library.h says what they do). ReturnLlvmPages does nothing until it is loaded.
jit::DumpFn DumpNative;
jit::FindCpuFn FindCpu;
jit::EmitRulesetObjectsFn EmitRulesetObjects;
jit::LinkRulesetFn LinkRuleset;
jit::ReturnLlvmPagesFn ReturnLlvmPages;

}  // namespace eqlc
