#include "runtime/session/lineage_stage.h"

#include <algorithm>

#include "eqlc/limits.hpp"

namespace eqlc {

LineageStage::LineageStage(const Program::Impl& program, const ConditionMatcher& conditions, FrameBuffer& frame)
    : program_(program), conditions_(conditions), frame_(frame) {
  std::vector<std::vector<abi::LineageKind>> kinds(program.image.process_models().size());
  for (const abi::ImageLineage& lineage : program.image.lineages()) {
    relations_.push_back(static_cast<uint32_t>(kinds[lineage.model].size()));
    kinds[lineage.model].push_back(lineage.kind);
  }
  for (auto& of_model : kinds) trackers_.emplace_back(std::move(of_model), limits::kMaxLineageProcesses);
}

bool LineageStage::Update(const LineageFacts& facts, const std::function<void()>& decode) {
  for (size_t i = 0; i < trackers_.size(); ++i) trackers_[i].Begin(facts.processes[i]);
  bool related = false;
  // In order: the source of one may read the field of one before it, and be another than without.
  const auto lineages = program_.image.lineages();
  for (uint32_t i = 0; i < lineages.size(); ++i) {
    const bool is_source =
        related ? conditions_.Holds(frame_.frame(), lineages[i].source) : std::ranges::binary_search(facts.sources, i);
    if (!trackers_[lineages[i].model].Relate(relations_[i], is_source)) continue;
    if (!related) decode();
    related = true;
    frame_.Append(lineages[i].field, abi::Bool(true));
  }
  for (LineageTracker& tracker : trackers_) tracker.End();
  return related;
}

}  // namespace eqlc
