// The folder that entries lie in. Tested by tests/unit/compiler/cache/folder_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "eqlc/result.hpp"

namespace eqlc::cache {

inline constexpr std::string_view kEntrySuffix = ".eqlc-entry";

// Makes it when missing. Entries are code: a folder that others own or may write to is refused.
Status MakeFolder(const std::string& path);

// Removes entries, those used least recently first, until they have no more than `max_bytes` together, and what writers
// that were killed left behind. Leaves other files alone. Another process may do the same at the same time.
void KeepWithin(const std::string& path, uint64_t max_bytes);

}  // namespace eqlc::cache
