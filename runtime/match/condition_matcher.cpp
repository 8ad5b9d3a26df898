// Evaluates the conditions that the rule index leaves, or all; a leaf that several share is evaluated once an event
// (frame.memo). Tested by tests/unit/compiler/compile_test.cpp and the differential tests.
#include "runtime/match/condition_matcher.h"

#include "runtime/interp/interp.h"

namespace eqlc {

ConditionMatcher::ConditionMatcher(const Program::Impl& program, Engine engine, bool use_index)
    : program_(program),
      tables_(program.tables()),
      none_(engine == Engine::kNative && program.native ? 0 : program.image.conditions().size()),
      native_(none_.empty() && program.native ? program.native->tables().conditions : none_.data()),
      is_of_item_(program.image.conditions().size()) {
  for (const abi::ImageItem& item : program.image.items()) is_of_item_[item.condition] = true;
  if (use_index && RuleIndex::IsUseful(program)) index_.emplace(program);
}

const std::vector<abi::ConditionId>& ConditionMatcher::Match(const abi::EventFrame& frame) {
  matched_.clear();
  if (index_) {
    for (const abi::ConditionId id : index_->Candidates(frame)) Try(frame, id);
  } else {
    for (abi::ConditionId id = 0; id < is_of_item_.size(); ++id) Try(frame, id);
  }
  return matched_;
}

bool ConditionMatcher::Interpret(const abi::EventFrame& frame, abi::ConditionId id) const {
  return EvalCondition(program_, frame, id);
}

}  // namespace eqlc
