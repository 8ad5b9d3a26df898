// The tests of one leaf: values that can make it true.
#pragma once

#include <optional>

#include "compiler/index/requirement.h"

namespace eqlc::index {

// Whether the values of a field can be looked up in the index.
bool CanProbe(const ir::Module& module, abi::FieldId field);

// Nothing when the leaf may be true without any value of a single field passing a test.
std::optional<Clause> LeafTests(ir::Module& module, abi::ExprId leaf);

}  // namespace eqlc::index
