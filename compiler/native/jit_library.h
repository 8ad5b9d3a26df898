// Finds and loads libeqlc_jit.so.
#pragma once

#include <string>

#include "compiler/jit/library.h"
#include "eqlc/result.hpp"

namespace eqlc {

// Where it is: where EQLC_JIT_LIBRARY says, else beside the program, else in lib/ beside the program's folder, else
// where it was built or installed. Empty when it is nowhere.
std::string JitLibraryPath();

// Loads it with the first call, and it stays; what went wrong then comes back each time. Thread-safety: safe.
Result<const jit::Library*> JitLibrary();

// The library if it was loaded before, else nullptr. Thread-safety: safe.
const jit::Library* LoadedJitLibrary();

}  // namespace eqlc
