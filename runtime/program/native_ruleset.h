// From a compiled ruleset in memory (abi::NativeRuleset), whether it was loaded or linked in, to a Program.
// Tested by tests/unit/runtime/program/native_ruleset_test.cpp.
#pragma once

#include <memory>

#include "eqlc/program.hpp"
#include "eqlc/result.hpp"
#include "runtime/abi/native_ruleset.h"
#include "runtime/program/image.h"

namespace eqlc {

// Checks that this process can run the ruleset, gives its code the addresses of the helpers, and links the image, which
// is used in place. `owner` lives as long as the program. Thread-safety: safe to call from several threads.
Result<std::shared_ptr<const Program>> LinkRuleset(const abi::NativeRuleset& ruleset, std::shared_ptr<void> owner,
                                                   Damage damage);

}  // namespace eqlc
