// Jit: machine code for an IR module in this process (ORC LLJIT). Hides LLVM from everyone else.
#pragma once

#include <memory>
#include <string>

#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"
#include "runtime/program/native_code.h"

namespace eqlc {

// Compiles all conditions and transitions. The result owns the code and the engine.
Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, OptLevel level);

// The LLVM IR (`asm_text` false) or the host's assembly of the module, for `dump --stage=llvm|asm`.
Result<std::string> DumpNative(const ir::Module& module, OptLevel level, bool asm_text);

}  // namespace eqlc
