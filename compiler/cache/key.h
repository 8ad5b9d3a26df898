// The name of a cache entry: a digest of everything that what is compiled depends on.
// Tested by tests/unit/compiler/cache/key_test.cpp.
#pragma once

#include <string>

#include "compiler/rulefile/rule_source.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc::cache {

// 64 hex digits. An Error means that this build cannot be told from another one.
Result<std::string> KeyOf(const RuleInputs& inputs, const CompileOptions& options);

}  // namespace eqlc::cache
