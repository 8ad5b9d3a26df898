// BuildIndex: the requirements of all conditions as the image holds them, and the fields that partition the index.
#pragma once

#include <string>
#include <vector>

#include "compiler/ir/ir.h"

namespace eqlc::index {

// Fills module.index. Call once, after the last rule and pass.
void BuildIndex(ir::Module& module);

// A rule that the index cannot keep from being evaluated for (nearly) every event.
struct UnfilteredRule {
  uint32_t rule;    // index into module.rules()
  std::string why;  // a sentence's end: "no value to look up in ..."
};

// The rules that have a condition which is evaluated for every event, or for every event of a kind (category, type
// ...). REQUIRES: BuildIndex.
std::vector<UnfilteredRule> UnfilteredRules(ir::Module& module);

// One condition a paragraph, with its rules and clauses, or why it has none; for `dump --stage=index` and goldens.
// REQUIRES: BuildIndex.
std::string PrintIndex(ir::Module& module);

}  // namespace eqlc::index
