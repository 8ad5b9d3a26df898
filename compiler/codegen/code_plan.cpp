#include "compiler/codegen/code_plan.h"

#include <utility>

#include "compiler/codegen/emit_sequence.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

// Leaves of a part. Compiling one takes some 20 ms: the time that ending a compilation half-way may take.
constexpr uint64_t kLeavesOfPart = 512;
// What an item of a transition takes, in leaves.
constexpr uint64_t kLeavesOfItem = 4;

// Of a condition that is compiled by itself; with the full code generator one takes some ms.
constexpr uint64_t kMaxLeavesOfSome = 128;

constexpr size_t kMaxShownId = 64;

class Splitter {
 public:
  void Add(abi::ConditionId condition, uint64_t leaves) { Open(leaves).conditions.push_back(condition); }
  void AddTransition(uint32_t rule, uint64_t items) { Open(kLeavesOfItem * items).transitions.push_back(rule); }
  std::vector<CodePart> Take() { return std::move(parts_); }

 private:
  // The part that has room for what is this large.
  CodePart& Open(uint64_t leaves) {
    if (parts_.empty() || used_ + leaves > kLeavesOfPart) {
      parts_.emplace_back();
      used_ = 0;
    }
    used_ += leaves;
    return parts_.back();
  }

  std::vector<CodePart> parts_;
  uint64_t used_ = 0;  // by the last part
};

}  // namespace

CodePlan::CodePlan(const ir::Module& module, SymbolNames names) : module_(module), names_(names), facts_(module) {
  if (names == SymbolNames::kNumbers) return;
  rules_.assign(module.conditions().size(), abi::kNone);
  for (uint32_t rule = 0; rule < module.rules().size(); ++rule) {
    for (const ir::Item& item : module.rules()[rule].items) {
      if (rules_[item.condition] == abi::kNone) rules_[item.condition] = rule;
    }
  }
}

std::string CodePlan::ConditionName(abi::ConditionId id) const {
  return Name("eqlc_condition_", id, names_ == SymbolNames::kWithRule ? rules_[id] : abi::kNone);
}

std::string CodePlan::TransitionName(uint32_t rule) const {
  return Name("eqlc_advance_", rule, names_ == SymbolNames::kWithRule ? rule : abi::kNone);
}

std::string CodePlan::Name(const char* kind, uint32_t number, uint32_t rule) const {
  std::string name = kind + std::to_string(number);
  if (rule == abi::kNone) return name;
  name += '.';
  for (const char c : module_.rules()[rule].id.substr(0, kMaxShownId)) {
    const bool plain = ascii::IsLetter(c) || ascii::IsDigit(c) || c == '-';
    name += plain ? c : '_';
  }
  return name;
}

CodePart CodePlan::Whole() const {
  CodePart whole;
  for (abi::ConditionId id = 0; id < module_.conditions().size(); ++id) {
    if (facts_.compiled(module_.conditions()[id])) whole.conditions.push_back(id);
  }
  for (uint32_t rule = 0; rule < module_.rules().size(); ++rule) {
    if (codegen::HasTransition(module_.rules()[rule])) whole.transitions.push_back(rule);
  }
  return whole;
}

CodePart CodePlan::Some(std::span<const abi::ConditionId> conditions) const {
  CodePart some;
  for (const abi::ConditionId id : conditions) {
    const ir::ExprId root = module_.conditions()[id];
    if (facts_.compiled(root) && facts_.leaves(root) <= kMaxLeavesOfSome) some.conditions.push_back(id);
  }
  return some;
}

std::vector<CodePart> CodePlan::Split(const CodePart& whole) const {
  Splitter splitter;
  for (const abi::ConditionId id : whole.conditions) splitter.Add(id, facts_.leaves(module_.conditions()[id]));
  for (const uint32_t rule : whole.transitions) splitter.AddTransition(rule, module_.rules()[rule].items.size());
  return splitter.Take();
}

}  // namespace eqlc
