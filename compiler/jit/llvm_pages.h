// What LLVM's machine code takes in memory, and how to be rid of it.
#pragma once

namespace eqlc::jit {

// Gives the pages of LLVM's own code back to the system, some 45 MB after a ruleset was compiled. They are pages of
// libLLVM's file, unchanged, and come back by themselves when LLVM runs again. Does nothing where LLVM is no shared
// object. Thread-safety: safe, beside running LLVM code too.
void ReturnLlvmPages();

}  // namespace eqlc::jit
