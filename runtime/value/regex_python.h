// Regular expressions as Python reads them (docs/semantics.md section 3.7), rewritten into the Lucene dialect, so that
// one automaton serves both.
#pragma once

#include <string>
#include <string_view>

#include "eqlc/result.hpp"

namespace eqlc::regex {

// A pattern of the Lucene dialect that matches a whole text exactly when Python's `re.match(pattern, text, re.DOTALL)`
// finds a match at its beginning. An Error says what is wrong, or what no automaton can do (back-references,
// look-around, word boundaries), at which byte (from 0).
// `(?i)` at its beginning is left to the caller.
Result<std::string> FromPython(std::string_view pattern);

// Whether the pattern begins with `(?i)`.
bool IgnoresCase(std::string_view pattern);

}  // namespace eqlc::regex
