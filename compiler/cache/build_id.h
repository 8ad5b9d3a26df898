// The identity of this build of eqlc.
#pragma once

#include <string>

#include "eqlc/result.hpp"

namespace eqlc::cache {

// What the linker gave the program or library that this function is in, and libeqlc_jit.so, which makes the code (if it
// is there). An Error when it was not asked to. Looked up once a process.
Result<std::string> BuildId();

}  // namespace eqlc::cache
