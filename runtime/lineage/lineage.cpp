#include "runtime/lineage/lineage.h"

#include "eqlc/limits.hpp"
#include "runtime/value/json.h"
#include "runtime/value/json_value.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

// The process that a field names; empty when it names none.
std::string IdOf(const abi::EventFrame& frame, abi::FieldId field) {
  const abi::FieldSlot& slot = frame.slots[field];
  if (slot.count == 0) return {};
  const abi::Value& value = frame.values[slot.first];
  if (Truth(value) != Tri::kTrue) return {};
  return ToJson(value.is_number() ? CanonicalNumber(value) : value);
}

}  // namespace

void ProcessSet::Add(const std::string& id) {
  if (!ids_.insert(id).second) return;
  order_.push_back(id);
  while (order_.size() > limits::kMaxTrackedProcesses) {
    ids_.erase(order_.front());
    order_.pop_front();
  }
}

void ProcessSet::Clear() {
  ids_.clear();
  order_.clear();
}

LineageTracker::LineageTracker(const Program::Impl& program, ConditionMatcher& matcher)
    : program_(program), matcher_(matcher), relations_(program.image.lineages().size()) {}

void LineageTracker::Observe(FrameBuffer& frame) {
  const auto lineages = program_.image.lineages();
  for (size_t i = 0; i < lineages.size(); ++i) {
    const abi::ImageLineage& lineage = lineages[i];
    Relation& relation = relations_[i];
    const abi::EventFrame& event = frame.frame();
    if (Holds(lineage.process, event)) ObserveProcess(lineage, event, relation);
    const std::string id = IdOf(event, lineage.id);
    if (!id.empty() && Holds(lineage.names, event) && Holds(lineage.condition, event)) relation.sources.Add(id);
    const ProcessSet& related = lineage.kind == abi::LineageKind::kEvent ? relation.sources : relation.relatives;
    frame.Append(lineage.field, abi::Bool(!id.empty() && related.Contains(id)));
  }
}

// What has ended keeps its relations until the next process event: the end itself is an event of the process.
void LineageTracker::ObserveProcess(const abi::ImageLineage& lineage, const abi::EventFrame& frame,
                                    Relation& relation) {
  for (const std::string& id : relation.ended) {
    relation.sources.Remove(id);
    relation.relatives.Remove(id);
  }
  relation.ended.clear();
  if (Holds(lineage.resets, frame)) {
    relation.sources.Clear();
    relation.relatives.Clear();
  }
  const std::string id = IdOf(frame, lineage.id);
  if (id.empty()) return;
  if (Holds(lineage.ends, frame)) return relation.ended.push_back(id);
  if (lineage.kind == abi::LineageKind::kEvent || !Holds(lineage.starts, frame)) return;
  const std::string parent = IdOf(frame, lineage.parent_id);
  const bool inherits = lineage.kind == abi::LineageKind::kDescendant && relation.relatives.Contains(parent);
  if (inherits || relation.sources.Contains(parent)) relation.relatives.Add(id);
}

}  // namespace eqlc
