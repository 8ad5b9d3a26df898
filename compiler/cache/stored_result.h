// A CompileResult as bytes, without its program, so that what was found in rules can be said again.
// Tested by tests/unit/compiler/cache/stored_result_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "eqlc/compile.hpp"

namespace eqlc::cache {

std::vector<std::byte> StoreResult(const CompileResult& result);
// Nothing when the bytes are none of StoreResult's. Takes untrusted bytes.
std::optional<CompileResult> ReadResult(std::span<const std::byte> bytes);

}  // namespace eqlc::cache
