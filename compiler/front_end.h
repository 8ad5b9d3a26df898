// FrontEnd: rule files to one IR module. Files are lowered each by itself, several at a time; what they lowered to is
// put together in their order, so the module and the findings are the same for any number of threads, and for files
// that were lowered some other time. Tested by tests/unit/compiler/front_end_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/ir/ir.h"
#include "compiler/ir/lowered_file.h"
#include "compiler/rulefile/rule_source.h"
#include "eqlc/compile.hpp"

namespace eqlc {

// What the rules lowered to, and what was found on the way.
struct FrontEnd {
  ir::Module module;
  CompileResult result;                // without program
  std::vector<ir::LoweredFile> files;  // in the order of the inputs
  std::string text;                    // of the stage that was to be dumped
};

// What is known of the files from another time, in their order; shorter where nothing is.
using KnownFiles = std::vector<std::optional<ir::LoweredFile>>;

// Reads inputs that are not known, where they have not been read. `dump`: the stage, kAst or kTyped, whose text is
// wanted; null for none.
FrontEnd RunFrontEnd(RuleInputs& inputs, KnownFiles known, const CompileOptions& options, const Stage* dump = nullptr);

// A finding that concerns the ruleset as a whole.
Diagnostic Unplaced(Code code, std::string message);

}  // namespace eqlc
