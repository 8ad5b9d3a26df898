// The functions of passes.def.
#pragma once

#include "compiler/ir/ir.h"

namespace eqlc::opt {

// A pass gives conditions other roots that hold for the same events, whatever the events hold. It adds nodes and
// changes nothing else; nodes that it leaves behind unused are dropped after the last pass.
#define EQLC_PASS(function, name, meaning) void function(ir::Module& module);
#include "compiler/opt/passes.def"
#undef EQLC_PASS

}  // namespace eqlc::opt
