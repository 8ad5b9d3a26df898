// The texts inside a JSON document: strings with escapes, and numbers.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/abi/value.h"

namespace eqlc {

// Decodes the escape at the start of `raw`, takes it off and returns the place behind its character, of at most four
// bytes. A lone surrogate becomes U+FFFD. Null, with nothing taken, for an escape that does not exist.
// REQUIRES: raw begins with a backslash.
char* TakeJsonEscape(std::string_view& raw, char* to) noexcept;

// Bytes behind the decoded text that UnescapeJson may overwrite.
inline constexpr size_t kUnescapeOverrun = 32;
// Decodes the escapes of a string's inside into `to`. Gives the decoded text; nothing for an escape that does not
// exist. From raw's first byte on `readable` bytes may be read; a hundred more than raw make it faster.
// REQUIRES: room for `raw.size()` bytes (no escape grows) and kUnescapeOverrun; readable >= raw.size().
std::optional<std::string_view> UnescapeJson(std::string_view raw, size_t readable, char* to) noexcept;

// A JSON number: an integer where it is written as one and fits int64 or uint64, else a double; infinite when too
// large. Nothing for text that is no number.
std::optional<abi::Value> ParseJsonNumber(std::string_view token) noexcept;

}  // namespace eqlc
