// Tested by tests/unit/runtime/lineage/lineage_tracker_test.cpp.
#include "runtime/lineage/process_facts.h"

#include "runtime/value/json.h"
#include "runtime/value/number.h"
#include "runtime/value/scratch.h"

namespace eqlc {
namespace {

std::string_view Identity(const abi::Value& value, const abi::EventFrame& frame) {
  if (value.is_string()) return value.text();
  return frame.scratch->Copy(ToJson(value.is_number() ? CanonicalNumber(value) : value));
}

void ReadAll(abi::FieldId field, const abi::EventFrame& frame, std::vector<std::string_view>& identities) {
  if (field == abi::kNone) return;
  const abi::FieldSlot& slot = frame.slots[field];
  for (uint32_t i = 0; i < slot.count; ++i) identities.push_back(Identity(frame.values[slot.first + i], frame));
}

}  // namespace

void ReadIdentities(const abi::ImageProcessModel& model, const abi::EventFrame& frame, ProcessFacts& facts) {
  const abi::FieldSlot& slot = frame.slots[model.process];
  facts.identity = slot.count > 0 ? Identity(frame.values[slot.first], frame) : std::string_view();
  facts.parents.clear();
  facts.ancestors.clear();
  if (!facts.links) return;
  ReadAll(model.parent, frame, facts.parents);
  ReadAll(model.ancestry, frame, facts.ancestors);
}

}  // namespace eqlc
