// The texts inside a JSON document: strings with escapes, and numbers.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/abi/value.h"

namespace eqlc {

// Decodes the escapes of a string's inside into `to`, which has room for `raw.size()` bytes (no escape grows).
// A lone surrogate becomes U+FFFD. Gives the decoded text; nothing for an escape that does not exist.
std::optional<std::string_view> UnescapeJson(std::string_view raw, char* to) noexcept;

// A JSON number: an integer where it is written as one and fits int64 or uint64, else a double; infinite when too
// large. Nothing for text that is no number.
std::optional<abi::Value> ParseJsonNumber(std::string_view token) noexcept;

}  // namespace eqlc
