// CodePlan: what of a ruleset becomes machine code, and in which shares. Several threads emit the parts of one plan.
// Tested by tests/unit/compiler/codegen/code_plan_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/condition_facts.h"
#include "compiler/ir/ir.h"

namespace eqlc {

// The functions of one LLVM module.
struct CodePart {
  std::vector<abi::ConditionId> conditions;
  std::vector<uint32_t> transitions;  // of rules, by index
};

// What functions are called.
enum class SymbolNames : uint8_t {
  kNumbers,   // eqlc_condition_12: the same for the same code, whatever its rule is called
  kWithRule,  // eqlc_condition_12.rule_id, for people; of a condition that several rules have, the first one's
};

// Immutable. Thread-safety: safe from several threads.
class CodePlan {
 public:
  // `module` must outlive the plan.
  explicit CodePlan(const ir::Module& module, SymbolNames names = SymbolNames::kNumbers);

  const ir::Module& module() const { return module_; }
  const codegen::ConditionFacts& facts() const { return facts_; }

  // Everything but what the interpreter evaluates.
  CodePart Whole() const;
  // Of these conditions, those that are soon compiled, whatever the level: neither large nor the interpreter's.
  CodePart Some(std::span<const abi::ConditionId> conditions) const;
  // The same in parts of about equal work, in the order of rules, which keeps most leaves that conditions share in one
  // part; one that several parts use is emitted in each.
  std::vector<CodePart> Split(const CodePart& whole) const;

  std::string ConditionName(abi::ConditionId id) const;
  std::string TransitionName(uint32_t rule) const;

 private:
  std::string Name(const char* kind, uint32_t number, uint32_t rule) const;

  const ir::Module& module_;
  const SymbolNames names_;
  std::vector<uint32_t> rules_;  // kWithRule: [ConditionId], the first rule that has it, or kNone
  const codegen::ConditionFacts facts_;
};

}  // namespace eqlc
