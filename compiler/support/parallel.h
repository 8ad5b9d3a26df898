// ParallelFor: independent tasks on several threads. Who takes which task depends on chance, so a task writes only to
// what belongs to it. Tested by tests/unit/compiler/support/parallel_test.cpp.
#pragma once

#include <cstddef>
#include <functional>

#include "eqlc/result.hpp"

namespace eqlc {

// `threads` as an option gives it: 0 is one per core.
unsigned ThreadCount(unsigned threads);

// Calls task(worker, index) for each index below `count`, in ascending order of index as workers get free, and returns
// when all are done. Workers are numbered from 0; no two calls with the same worker overlap. They are at most `threads`
// new threads with `stack_bytes` of stack each; where one is enough it is the caller's thread, which then needs as much
// stack. Works with fewer threads than asked for; an Error means that there was not one, and nothing was called.
Status ParallelFor(unsigned threads, size_t stack_bytes, size_t count,
                   const std::function<void(size_t worker, size_t index)>& task);

}  // namespace eqlc
