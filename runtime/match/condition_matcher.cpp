// Evaluates every condition of an item in turn; a leaf that several conditions share is evaluated once an event
// (frame.memo). Tested by tests/unit/compiler/compile_test.cpp and the differential tests.
#include "runtime/match/condition_matcher.h"

#include <algorithm>

#include "runtime/interp/interp.h"

namespace eqlc {

ConditionMatcher::ConditionMatcher(const Program::Impl& program, Engine engine)
    : program_(program), tables_(program.tables()), native_(program.image.conditions().size(), nullptr) {
  for (const abi::ImageItem& item : program.image.items()) of_items_.push_back(item.condition);
  std::sort(of_items_.begin(), of_items_.end());
  of_items_.erase(std::unique(of_items_.begin(), of_items_.end()), of_items_.end());
  if (engine != Engine::kNative || !program.native) return;
  const abi::ConditionFn* compiled = program.native->tables().conditions;
  native_.assign(compiled, compiled + native_.size());
}

const std::vector<abi::ConditionId>& ConditionMatcher::Match(const abi::EventFrame& frame) {
  matched_.clear();
  for (const abi::ConditionId id : of_items_) {
    if (Holds(frame, id)) matched_.push_back(id);
  }
  return matched_;
}

bool ConditionMatcher::Interpret(const abi::EventFrame& frame, abi::ConditionId id) const {
  return EvalCondition(program_, frame, id);
}

}  // namespace eqlc
