// Evaluates the conditions that the rule index leaves, or all; a leaf that several share is evaluated once an event
// (frame.memo). Tested by tests/unit/compiler/compile_test.cpp and the differential tests.
#include "runtime/match/condition_matcher.h"

#include "runtime/interp/interp.h"
#include "runtime/match/asked_conditions.h"

namespace eqlc {

ConditionMatcher::ConditionMatcher(const Program::Impl& program, Engine engine, bool use_index)
    : program_(program),
      tables_(program.tables()),
      none_(engine == Engine::kNative && program.native ? 0 : program.image.conditions().size()),
      native_(none_.empty() && program.native ? program.native->tables().conditions : none_.data()),
      improver_(none_.empty() ? program.improver.get() : nullptr),
      evaluations_(improver_ != nullptr ? program.image.conditions().size() : 0),
      all_(AskedConditions(program.image)) {
  if (use_index && RuleIndex::IsUseful(program)) index_.emplace(program);
}

const std::vector<abi::ConditionId>& ConditionMatcher::Match(const abi::EventFrame& frame,
                                                             const AwaitedConditions* awaited) {
  if (!index_) awaited = nullptr;
  matched_.clear();
  for (const abi::ConditionId id : Candidates(frame)) {
    if (awaited != nullptr && !awaited->Has(id)) continue;
    if (improver_ != nullptr) Count(id);
    if (Holds(frame, id)) matched_.push_back(id);
  }
  return matched_;
}

bool ConditionMatcher::Interpret(const abi::EventFrame& frame, abi::ConditionId id) const {
  return EvalCondition(program_, frame, id);
}

}  // namespace eqlc
