// Merge: rules that were lowered by themselves, put into the module of all rules.
// Tested by tests/unit/compiler/ir/merge_test.cpp.
#pragma once

#include <memory>

#include "compiler/ir/ir.h"
#include "eqlc/result.hpp"
#include "runtime/program/image.h"

namespace eqlc::ir {

// Does to `module` what building the rules of `part` in it would have done: nodes that are there already are shared,
// new ones get their numbers in the order in which they were made. What the conditions of `part` require goes with
// them. `part` is WriteImage's of a module without signature, readings and program-wide settings; an Error means that
// it is some other image, and leaves what was merged up to there. `owner` keeps the image's bytes: long texts stay in
// them.
Status Merge(const Image& part, std::shared_ptr<const void> owner, Module& module);

}  // namespace eqlc::ir
