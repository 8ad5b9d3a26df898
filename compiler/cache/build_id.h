// The identity of this build of eqlc.
#pragma once

#include <string>

namespace eqlc::cache {

// What the linker gave the program or library that this function is in; empty when it was not asked to.
std::string BuildId();

}  // namespace eqlc::cache
