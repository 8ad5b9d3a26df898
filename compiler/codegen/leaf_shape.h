// LeafShape: which special form of code a leaf gets. All but kGeneric test one field, value by value.
// Tested by tests/unit/compiler/jit/jit_test.cpp and leaf_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/codegen/text_pattern.h"
#include "compiler/ir/ir.h"

namespace eqlc::codegen {

enum class LeafShape : uint8_t {
  kIsNull,   // field == null
  kTruth,    // a boolean field by itself
  kCompare,  // field op constant
  kTexts,    // field against few short strings: `==`, `in`, `like`, compared inline
  kIn,       // field in a set, by helper
  kLike,     // field like patterns, by helper
  kRegex,    // field regex patterns, by helper
  kCidr,     // cidrMatch(field, constant blocks), by helper
  kGeneric,  // anything else
};

struct LeafPlan {
  LeafShape shape = LeafShape::kGeneric;
  abi::ExprId node = abi::kNone;        // the leaf's argument
  abi::FieldId field = abi::kNone;      // the one field; not for kGeneric
  abi::Op op = abi::Op::kEq;            // kCompare, with the field on the left
  abi::LiteralId literal = abi::kNone;  // kCompare
  uint8_t flags = 0;                    // kCompare: abi::ExprFlags of `op`
  std::vector<TextPattern> texts;       // kTexts
  bool fold = false;                    // kTexts
  // kTexts: a number or boolean may be equal to one of the strings, so the helper decides about those.
  bool converts = false;
};

LeafPlan PlanLeaf(const ir::Module& module, abi::ExprId leaf);

// The value expressions that evaluating `root` takes, `root` included, ascending (so arguments come first). Constants
// that are part of a matcher are left out.
std::vector<abi::ExprId> ValueNodes(const ir::Module& module, abi::ExprId root);

// True for a node that ProgramTables::matchers has a matcher for; its arguments behind the first are in there.
bool HasMatcher(const ir::Module& module, abi::ExprId id);

}  // namespace eqlc::codegen
