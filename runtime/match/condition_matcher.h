// ConditionMatcher: which conditions of a program hold for an event.
#pragma once

#include <optional>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/match/rule_index.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none (one per session).
class ConditionMatcher {
 public:
  // `program` must outlive the matcher. Without index every condition is evaluated for every event.
  ConditionMatcher(const Program::Impl& program, Engine engine, bool use_index);

  // The ids of all conditions that hold, ascending. Valid until the next call.
  const std::vector<abi::ConditionId>& Match(const abi::EventFrame& frame);

  // Null when every condition is evaluated.
  const RuleIndex* index() const { return index_ ? &*index_ : nullptr; }

 private:
  bool Holds(abi::ConditionId id, const abi::EventFrame& frame) const;

  const Program::Impl& program_;
  const abi::ProgramTables tables_;
  std::vector<abi::ConditionFn> native_;  // null: interpret
  std::optional<RuleIndex> index_;
  std::vector<abi::ConditionId> matched_;
};

}  // namespace eqlc
