// Query text inside a message: on one line, and not longer than a line.
#pragma once

#include <string>
#include <string_view>

namespace eqlc {

// Line breaks and tabs become \n, \r, \t; text beyond 60 bytes becomes "...". Never cuts a character.
std::string ShownText(std::string_view text);

}  // namespace eqlc
