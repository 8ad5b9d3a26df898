// Evaluates the conditions that the rule index leaves, or all; a leaf that several share is evaluated once an event
// (frame.memo). Tested by tests/unit/compiler/compile_test.cpp and the differential tests.
#include "runtime/match/condition_matcher.h"

#include "runtime/interp/interp.h"

namespace eqlc {

ConditionMatcher::ConditionMatcher(const Program::Impl& program, Engine engine, bool use_index)
    : program_(program),
      tables_(program.tables()),
      native_(program.image.conditions().size(), nullptr),
      is_of_item_(native_.size()) {
  for (const abi::ImageItem& item : program.image.items()) is_of_item_[item.condition] = true;
  if (use_index && RuleIndex::IsUseful(program)) index_.emplace(program);
  if (engine != Engine::kNative || !program.native) return;
  const abi::ConditionFn* compiled = program.native->tables().conditions;
  native_.assign(compiled, compiled + native_.size());
}

const std::vector<abi::ConditionId>& ConditionMatcher::Match(const abi::EventFrame& frame) {
  matched_.clear();
  if (index_) {
    for (const abi::ConditionId id : index_->Candidates(frame)) Try(frame, id);
  } else {
    for (abi::ConditionId id = 0; id < native_.size(); ++id) Try(frame, id);
  }
  return matched_;
}

bool ConditionMatcher::Interpret(const abi::EventFrame& frame, abi::ConditionId id) const {
  return EvalCondition(program_, frame, id);
}

}  // namespace eqlc
