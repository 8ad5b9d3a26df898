// Refuses TOML whose shape would make a recursive parser run out of stack, before toml++ sees it. toml++ 3.3 recurses
// per part of a dotted key without a limit.
// Tested by tests/unit/compiler/rulefile/toml_guard_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace eqlc {

struct TomlFault {
  uint32_t offset;  // byte in the text
  std::string message;
};

// The first place where keys have more than kMaxTomlKeyParts parts or values nest deeper than kMaxTomlNesting, where
// each part of a table header or dotted key and each bracket counts as a level. One linear pass without recursion.
// Knows only enough TOML to be exact up to the first syntax error, which is as far as toml++ reads.
std::optional<TomlFault> FindTomlFault(std::string_view text);

}  // namespace eqlc
