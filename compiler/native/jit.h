// Jit: machine code for an IR module, in this process or as an object. What makes it is in a library that the first
// call loads (compiler/native/jit_library.h); a call that cannot load it is an Error.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/jit/library.h"
#include "compiler/native/background_code.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"
#include "runtime/program/native_code.h"

namespace eqlc {

// Compiles all conditions and transitions. The result owns the code.
Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, const JitOptions& options);

// The same in parts, while sessions run.
std::unique_ptr<BackgroundCode> JitInBackground(std::shared_ptr<const ir::Module> module, const JitOptions& options);

// The LLVM IR (`asm_text` false) or the host's assembly of the module, for `dump --stage=llvm|asm`.
Result<std::string> DumpNative(const ir::Module& module, OptLevel level, bool asm_text);

// `name`: "native", this machine; a level of the architecture ("x86-64-v3"); or a processor by LLVM's name ("znver3").
Result<Cpu> FindCpu(const std::string& name);

// A ruleset as a relocatable object: image and machine code behind one symbol (runtime/abi/native_ruleset.h). The code
// is that of JitCompile; only where calls of helpers lead differs. `image` is WriteImage's of the module. The object
// refers to nothing but itself; equal arguments give equal bytes.
Result<std::vector<std::byte>> EmitRulesetObject(const ir::Module& module, std::span<const std::byte> image,
                                                 const Cpu& cpu, OptLevel level, const std::string& symbol);

// Writes a shared object of it that dlopen takes; it is not on the disk yet. Thread-safety: one after the other.
Status LinkSharedObject(std::span<const std::byte> object, const std::string& path);

// Gives the pages of LLVM's own code back to the system, some 45 MB after a ruleset was compiled. They are pages of
// libLLVM's file, unchanged, and come back by themselves when LLVM runs again. Does nothing where LLVM is no shared
// object. Thread-safety: safe, beside running LLVM code too.
void ReturnLlvmPages();

}  // namespace eqlc
