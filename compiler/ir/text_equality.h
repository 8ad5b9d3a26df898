// What equality makes of texts (docs/semantics.md section 3.5).
#pragma once

#include <string_view>

namespace eqlc::ir {

// Can a value that is no string equal this text? Numbers equal texts that are numbers; booleans equal their names, here
// written in any case.
bool EqualsNonString(std::string_view text);

}  // namespace eqlc::ir
