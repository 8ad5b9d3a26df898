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

  bool Holds(const abi::EventFrame& frame, abi::ConditionId condition);
  // The ids of all conditions that hold, ascending. Valid until the next call.
  const std::vector<abi::ConditionId>& Match(const abi::EventFrame& frame);

 private:
  const Program::Impl& program_;
  const abi::ProgramTables tables_;
  std::vector<abi::ConditionFn> native_;  // null: interpret
  std::vector<abi::ConditionId> matched_;
};

}  // namespace eqlc
