// BackEnd: a module to the program that runs it, by one of the ways there are.
// Tested by compile_test.cpp, stored_code_test.cpp and cache/entry_test.cpp of tests/unit/compiler/.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "compiler/cache/entry.h"
#include "compiler/ir/ir.h"
#include "compiler/stopwatch.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

// What all ways to a program start from.
struct Lowered {
  std::shared_ptr<const ir::Module> module;
  CompileResult result;  // without program
};

// Each fills lowered.result.program, with a program without rules if need be, and the phases.

// The image alone.
void LinkImage(Lowered& lowered);
// With machine code as the options say, which is gone with the process.
void LinkInMemory(const CompileOptions& options, Lowered& lowered, Stopwatch& watch);
// By way of an entry of the cache. An Error says why nothing is kept; there is no program then. `keep_rest` keeps what
// else is to be kept, at a time when nobody waits.
Status LinkByCache(const cache::Entry& entry, std::function<void()> keep_rest, const CompileOptions& options,
                   Lowered& lowered, Stopwatch& watch);

// Frees what no program needs.
CompileResult Finish(Lowered lowered);

}  // namespace eqlc
