// Decodes one TOML string token and remembers where in the file each byte of its value stands. toml++ gives the value
// and the place of the token, but nothing in between.
// Tested by tests/unit/compiler/rulefile/toml_string_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/source.h"

namespace eqlc {

struct TomlString {
  std::string value;
  std::vector<SourceMap::Run> runs;  // for a SourceMap
};

// The string, in any of TOML's four forms, whose opening quote stands at `offset`; nullopt when there is none.
std::optional<TomlString> DecodeTomlString(std::string_view file, uint32_t offset);

}  // namespace eqlc
