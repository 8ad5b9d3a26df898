// Evaluates every condition of the program in turn; a leaf that several conditions share is evaluated once an event
// (frame.memo). Tested by tests/unit/compiler/compile_test.cpp and the differential tests.
#include "runtime/match/condition_matcher.h"

#include "runtime/interp/interp.h"

namespace eqlc {

ConditionMatcher::ConditionMatcher(const Program::Impl& program, Engine engine)
    : program_(program), tables_(program.tables()), native_(program.image.conditions().size(), nullptr) {
  if (engine != Engine::kNative || !program.native) return;
  const abi::ConditionFn* compiled = program.native->tables().conditions;
  native_.assign(compiled, compiled + native_.size());
}

bool ConditionMatcher::Holds(const abi::EventFrame& frame, abi::ConditionId condition) {
  return native_[condition] ? native_[condition](&frame, &tables_) : EvalCondition(program_, frame, condition);
}

const std::vector<abi::ConditionId>& ConditionMatcher::Match(const abi::EventFrame& frame) {
  matched_.clear();
  for (abi::ConditionId id = 0; id < native_.size(); ++id) {
    if (Holds(frame, id)) matched_.push_back(id);
  }
  return matched_;
}

}  // namespace eqlc
