// A TOML document as JSON. Include only where toml++ is wanted: it is large.
// Tested by tests/unit/compiler/rulefile/toml_rule_test.cpp.
#pragma once

#include <string>

#include "compiler/rulefile/toml.h"

namespace eqlc {

// One line. Dates, times and the floats that JSON lacks become strings. Keys are in byte order.
// REQUIRES: nesting as ParseToml allows it, since this recurses.
std::string TomlToJson(const toml::table& table);

}  // namespace eqlc
