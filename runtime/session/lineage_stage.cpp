#include "runtime/session/lineage_stage.h"

#include "eqlc/limits.hpp"

namespace eqlc {

LineageStage::LineageStage(const Program::Impl& program, ConditionMatcher& matcher, FrameBuffer& frame)
    : program_(program), matcher_(matcher), frame_(frame) {
  const auto models = program.image.process_models();
  std::vector<std::vector<abi::LineageKind>> kinds(models.size());
  for (const abi::ImageLineage& lineage : program.image.lineages()) {
    relations_.push_back(static_cast<uint32_t>(kinds[lineage.model].size()));
    kinds[lineage.model].push_back(lineage.kind);
  }
  for (size_t i = 0; i < models.size(); ++i) {
    trackers_.emplace_back(models[i], std::move(kinds[i]), limits::kMaxLineageProcesses);
  }
}

void LineageStage::Update() {
  if (trackers_.empty()) return;
  const auto models = program_.image.process_models();
  for (size_t i = 0; i < models.size(); ++i) {
    if (Holds(models[i].reset, false)) trackers_[i].Reset();
    const bool links = Holds(models[i].link, true);
    trackers_[i].Begin(frame_.frame(), links, Holds(models[i].end, false));
  }
  // In order: the source of one may read the field of one before it.
  const auto lineages = program_.image.lineages();
  for (size_t i = 0; i < lineages.size(); ++i) {
    const bool is_source = matcher_.Holds(frame_.frame(), lineages[i].source);
    if (!trackers_[lineages[i].model].Relate(relations_[i], is_source)) continue;
    frame_.Append(lineages[i].field, abi::Bool(true));
  }
  for (LineageTracker& tracker : trackers_) tracker.End();
}

bool LineageStage::Holds(abi::ConditionId condition, bool without) {
  return condition == abi::kNone ? without : matcher_.Holds(frame_.frame(), condition);
}

}  // namespace eqlc
