// The tables of the rule index: what each condition requires, derived with the rule that has it, and the fields that
// partition the index, which all rules choose together.
#pragma once

#include <string>
#include <vector>

#include "compiler/ir/ir.h"

namespace eqlc::index {

// Derives the requirements of all conditions. Call once, after the last pass; the rules keep them when they are merged.
void AddRequirements(ir::Module& module);

// Call once, after the last rule. REQUIRES: every condition has its requirement.
void ChooseSignature(ir::Module& module);

// A rule that the index cannot keep from being evaluated for (nearly) every event.
struct UnfilteredRule {
  uint32_t rule;    // index into module.rules()
  std::string why;  // a sentence's end: "no value to look up in ..."
};

// The rules that have a condition which is evaluated for every event, or for every event of a kind (category, type
// ...). REQUIRES: ChooseSignature.
std::vector<UnfilteredRule> UnfilteredRules(ir::Module& module);

// One condition a paragraph, with its rules and clauses, or why it has none; for `dump --stage=index` and goldens.
// REQUIRES: ChooseSignature.
std::string PrintIndex(ir::Module& module);

}  // namespace eqlc::index
