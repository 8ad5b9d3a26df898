// Versions in the order of Elasticsearch's `version` fields.
#pragma once

#include <string>
#include <string_view>

namespace eqlc {

// Longest text that is read as a version; longer ones order as plain text.
inline constexpr size_t kMaxVersionBytes = 256;

// Appends a text whose byte order is the order of versions: main numbers by value, then a version with a pre-release
// part before the same one without, pre-release parts one by one (numbers by value and before words), then the build.
// More numbers are greater: 1.2 < 1.2.0. What is no version comes behind all versions, in the order of its bytes.
// Different texts give different keys.
void AppendVersionKey(std::string_view text, std::string& out);

}  // namespace eqlc
