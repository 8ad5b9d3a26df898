// Optimize: the passes over the IR of a rule, between Build and the rule index. Answers never depend on them.
// Tested by tests/unit/compiler/opt/optimize_test.cpp and the differential tests.
#pragma once

#include <span>
#include <string>

#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"

namespace eqlc::opt {

// Runs the passes that `disabled` leaves on, and then drops what they left unused; with all of them off the module
// stays as Build made it. ENSURES: conditions, the nodes that other things refer to and the order of leaves are
// renumbered everywhere alike.
void Optimize(ir::Module& module, std::span<const std::string> disabled);

}  // namespace eqlc::opt
