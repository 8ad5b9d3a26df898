// The tests of one leaf: values that can make it true.
#pragma once

#include <optional>

#include "compiler/index/requirement.h"

namespace eqlc::index {

// Nothing when the leaf may be true without any value of a single field passing a test.
std::optional<Clause> LeafTests(ir::Module& module, abi::ExprId leaf);

}  // namespace eqlc::index
