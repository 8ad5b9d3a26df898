// A second matcher for regular expressions: sets of end positions over the parsed tree, no automaton. Slow (cubic and
// worse), so it answers only for small patterns and texts.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/value/regex_parse.h"

namespace eqlc::testing {

// Whether the whole text matches; nothing when pattern or text are too large to try.
std::optional<bool> ReferenceMatches(const regex::Tree& tree, std::string_view text);

}  // namespace eqlc::testing
