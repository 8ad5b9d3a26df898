// Runs a function on a thread with a stack of a chosen size: recursion over user-nested input must not depend on the
// stack of whoever called us (a Go or Python thread may have 64 KB). The pages are touched only as far as needed.
// Tested by tests/unit/compiler/support/big_stack_test.cpp.
#pragma once

#include <cstddef>
#include <functional>

#include "eqlc/result.hpp"

namespace eqlc {

// Runs `function` to its end on a new thread with at least `stack_bytes` of stack and returns. An Error means that the
// thread could not be had and `function` did not run. An exception that leaves `function` ends the process.
Status RunOnBigStack(size_t stack_bytes, const std::function<void()>& function);

}  // namespace eqlc
