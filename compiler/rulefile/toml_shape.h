// What has to be known of a TOML text before toml++ sees it: whether its shape would make a recursive parser run out of
// stack (toml++ 3.3 recurses per part of a dotted key without a limit), and where its long strings are.
// Tested by tests/unit/compiler/rulefile/toml_shape_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eqlc {

struct TomlFault {
  uint32_t offset;  // byte in the text
  std::string message;
};

struct TomlShape {
  // The first place where keys have more than kMaxTomlKeyParts parts or values nest deeper than kMaxTomlNesting, where
  // each part of a table header or dotted key and each bracket counts as a level.
  std::optional<TomlFault> fault;

  // A multi-line string with its quotes.
  struct LongString {
    uint32_t begin, end;
  };
  std::vector<LongString> long_strings;  // in the order of the text; before the fault
};

// One linear pass without recursion. Knows only enough TOML to be exact up to the first syntax error, which is as far
// as toml++ reads.
TomlShape ReadTomlShape(std::string_view text);

}  // namespace eqlc
