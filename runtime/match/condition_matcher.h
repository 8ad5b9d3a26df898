// ConditionMatcher: which conditions of a program hold for an event.
#pragma once

#include <memory>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none (one per session).
class ConditionMatcher {
 public:
  // `program` must outlive the matcher.
  ConditionMatcher(const Program::Impl& program, Engine engine);

  // The ids of all conditions of items that hold, ascending. Valid until the next call.
  const std::vector<abi::ConditionId>& Match(const abi::EventFrame& frame);
  // Any one condition.
  bool Holds(const abi::EventFrame& frame, abi::ConditionId id) const {
    return native_[id] ? native_[id](&frame, &tables_) : Interpret(frame, id);
  }

 private:
  bool Interpret(const abi::EventFrame& frame, abi::ConditionId id) const;

  const Program::Impl& program_;
  const abi::ProgramTables tables_;
  std::vector<abi::ConditionFn> native_;    // null: interpret
  std::vector<abi::ConditionId> of_items_;  // residuals and lineage sources are asked for elsewhere
  std::vector<abi::ConditionId> matched_;
};

}  // namespace eqlc
