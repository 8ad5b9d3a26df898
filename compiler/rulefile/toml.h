// TOML text to toml++'s tables: the one way there. Include only where toml++ is wanted: it is large.
// Tested by tests/unit/compiler/rulefile/toml_test.cpp.
#pragma once

#include <string_view>
#include <variant>

#include "compiler/rulefile/toml_plus_plus.h"
#include "compiler/rulefile/toml_shape.h"

namespace eqlc {

// Nesting as ReadTomlShape allows it, or what is wrong with the text. REQUIRES: valid UTF-8, less than 4 GiB.
std::variant<toml::table, TomlFault> ParseToml(std::string_view text);

}  // namespace eqlc
