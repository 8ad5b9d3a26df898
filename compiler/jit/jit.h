// Jit: machine code for an IR module in this process. Hides LLVM from everyone else.
#pragma once

#include <memory>
#include <string>

#include "compiler/ir/ir.h"
#include "compiler/jit/background_code.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"
#include "runtime/program/native_code.h"

namespace eqlc {

struct JitOptions {
  OptLevel level = OptLevel::kO1;
  unsigned threads = 1;
  bool perf_map = false;  // see CompileOptions
  bool debugger = false;
};

// Compiles all conditions and transitions. The result owns the code and the engine.
Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, const JitOptions& options);

// The same in parts, while sessions run.
std::unique_ptr<BackgroundCode> JitInBackground(std::shared_ptr<const ir::Module> module, const JitOptions& options);

// The LLVM IR (`asm_text` false) or the host's assembly of the module, for `dump --stage=llvm|asm`.
Result<std::string> DumpNative(const ir::Module& module, OptLevel level, bool asm_text);

}  // namespace eqlc
