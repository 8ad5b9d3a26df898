// ConditionMatcher: which conditions of a program hold for an event.
#pragma once

#include <optional>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/match/awaited_conditions.h"
#include "runtime/match/rule_index.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none (one per session).
class ConditionMatcher {
 public:
  // After which better code has paid for a condition: making it takes some 6 ms, and it saves about 1 ns each time.
  static constexpr uint32_t kHotEvaluations = 5'000'000;

  // `program` must outlive the matcher. Without index every condition is evaluated for every event.
  ConditionMatcher(const Program::Impl& program, Engine engine, bool use_index);

  // Those of AskedConditions that hold, ascending; with an index and `awaited`, only those that are. Valid until the
  // next call.
  const std::vector<abi::ConditionId>& Match(const abi::EventFrame& frame, const AwaitedConditions* awaited = nullptr);
  // Those of AskedConditions that the index leaves to be evaluated, ascending; all of them without an index. Valid
  // until the next call.
  const std::vector<abi::ConditionId>& Candidates(const abi::EventFrame& frame) {
    return index_ ? index_->Candidates(frame) : all_;
  }
  // Any one condition.
  bool Holds(const abi::EventFrame& frame, abi::ConditionId id) const {
    const abi::ConditionFn code = native_[id].load(std::memory_order_acquire);
    return code ? code(&frame, &tables_) : Interpret(frame, id);
  }

  // Null when every condition is evaluated.
  const RuleIndex* index() const { return index_ ? &*index_ : nullptr; }

 private:
  bool Interpret(const abi::EventFrame& frame, abi::ConditionId id) const;
  void Count(abi::ConditionId id) {
    if (++evaluations_[id] == kHotEvaluations) improver_->OnHot(id);
  }

  const Program::Impl& program_;
  const abi::ProgramTables tables_;
  std::vector<abi::ConditionSlot> none_;  // empty slots, where generated code is not to be used
  const abi::ConditionSlot* native_;      // [ConditionId]; null: interpret
  CodeImprover* const improver_;          // null: none
  std::vector<uint32_t> evaluations_;     // [ConditionId], where there is an improver
  const std::vector<abi::ConditionId> all_;
  std::optional<RuleIndex> index_;
  std::vector<abi::ConditionId> matched_;
};

}  // namespace eqlc
