/// \file
/// What the codes of diagnostics mean, at length: the pages of docs/diagnostics, built in. Needs the library
/// eqlc_compiler.
#pragma once

#include <span>
#include <string_view>

#include "eqlc/diagnostic.hpp"

namespace eqlc {

struct Explanation {
  std::string_view code;  ///< `E0201`
  Severity severity;
  std::string_view title;  ///< What is wrong in general, as compiler/diag/codes.def says.
  std::string_view page;   ///< Markdown: what it means, what provokes it, how to mend it.
};

/// All codes, in the order of compiler/diag/codes.def.
std::span<const Explanation> Explanations();

/// The explanation of a code, in either case; nullptr when there is no such code.
const Explanation* FindExplanation(std::string_view code);

}  // namespace eqlc
