// Conditions of sequence items that read earlier events of the sequence (`as event0`), taken apart: a part that needs
// the event alone, and the residual that needs a partial sequence too (docs/semantics.md section 5.11).
#pragma once

#include "compiler/ir/ir.h"

namespace eqlc::ir {

struct SplitCondition {
  // Holds for every event for which the whole can hold for some partial; reads no alias field.
  ExprId condition;
  // What is left to check: the whole holds exactly when both do. kNone: the whole reads no alias field.
  ExprId residual = abi::kNone;
};

SplitCondition SplitAliases(Module& module, ExprId root);

}  // namespace eqlc::ir
