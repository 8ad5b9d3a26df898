// BackEnd: a module to the program that runs it, by one of the ways there are.
// Tested by compile_test.cpp, stored_code_test.cpp and cache/entry_test.cpp of tests/unit/compiler/.
#pragma once

#include <memory>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/stopwatch.h"
#include "compiler/stored_code.h"
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
// By way of an entry of the cache. An Error says why nothing is kept; there is no program then.
Status LinkByCache(ToKeep to_keep, const CompileOptions& options, Lowered& lowered, Stopwatch& watch);

// Has the code of what sessions evaluate most made anew, as the options say. Before the first session.
void ImproveHotCode(const CompileOptions& options, const CompileResult& result);

// Frees what no program needs.
CompileResult Finish(Lowered lowered);

}  // namespace eqlc
