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

const std::vector<abi::ConditionId>& ConditionMatcher::Match(const abi::EventFrame& frame) {
  matched_.clear();
  for (abi::ConditionId id = 0; id < native_.size(); ++id) {
    const bool holds = native_[id] ? native_[id](&frame, &tables_) : EvalCondition(program_, frame, id);
    if (holds) matched_.push_back(id);
  }
  return matched_;
}

}  // namespace eqlc
