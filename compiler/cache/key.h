// Names in the cache: digests of everything that what is kept depends on, 64 hex digits each. An Error means that this
// build cannot be told from another one.
// Tested by tests/unit/compiler/cache/key_test.cpp.
#pragma once

#include <string>

#include "compiler/rulefile/rule_source.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc::cache {

// Of what the rules are compiled to. REQUIRES: all inputs have their digest.
Result<std::string> KeyOf(const RuleInputs& inputs, const CompileOptions& options);
// Of what is remembered of the rules one by one, whichever these are now.
Result<std::string> MemoryKeyOf(const RuleInputs& inputs, const CompileOptions& options);

}  // namespace eqlc::cache
