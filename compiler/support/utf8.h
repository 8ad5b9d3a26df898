// Text cut between code points, for what a message shows.
// Tested by tests/unit/compiler/support/utf8_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace eqlc {

// The first bytes of `text`, at most `max_bytes`, without a code point that is cut.
std::string_view CutUtf8(std::string_view text, size_t max_bytes);

// Bytes of a rule's text that a message shows.
inline constexpr size_t kMaxTextInMessage = 120;

// `text` as a message shows it, short whatever the rule holds: "..." stands for the rest.
std::string Shortened(std::string_view text, size_t max_bytes = kMaxTextInMessage);

}  // namespace eqlc
