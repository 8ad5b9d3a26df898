#include "runtime/session/lineage_stage.h"

#include <algorithm>

#include "eqlc/limits.hpp"
#include "runtime/program/expr_walk.h"

namespace eqlc {

LineageStage::LineageStage(const Program::Impl& program, const ConditionMatcher& conditions, FrameBuffer& frame)
    : program_(program), conditions_(conditions), frame_(frame) {
  std::vector<std::vector<abi::LineageKind>> kinds(program.image.process_models().size());
  const Image& image = program.image;
  ExprWalk walk(image);
  for (const abi::ImageLineage& lineage : image.lineages()) {
    relations_.push_back(static_cast<uint32_t>(kinds[lineage.model].size()));
    kinds[lineage.model].push_back(lineage.kind);
    bool reads_lineage = false;
    walk.ForEachNode(image.conditions()[lineage.source].root, [&](const abi::ExprNode& node) {
      reads_lineage |= node.op == abi::Op::kField && image.fields()[node.aux].role == abi::FieldRole::kLineage;
    });
    reads_lineage_.push_back(reads_lineage);
  }
  for (auto& of_model : kinds) trackers_.emplace_back(std::move(of_model), limits::kMaxLineageProcesses);
}

bool LineageStage::Update(const LineageFacts& facts, const std::function<void()>& decode) {
  for (size_t i = 0; i < trackers_.size(); ++i) trackers_[i].Begin(facts.processes[i]);
  const bool related = IsConcerned(facts) && Relate(facts, decode);
  for (LineageTracker& tracker : trackers_) tracker.End();
  return related;
}

bool LineageStage::IsConcerned(const LineageFacts& facts) const {
  return !facts.sources.empty() || std::ranges::any_of(trackers_, &LineageTracker::is_known);
}

bool LineageStage::Relate(const LineageFacts& facts, const std::function<void()>& decode) {
  bool related = false;
  // In order: the source of one may read the field of one before it, and be another than without.
  const auto lineages = program_.image.lineages();
  auto source = facts.sources.begin();
  for (uint32_t i = 0; i < lineages.size(); ++i) {
    bool is_source = source != facts.sources.end() && *source == i;
    if (is_source) ++source;
    if (related && reads_lineage_[i]) is_source = conditions_.Holds(frame_.frame(), lineages[i].source);
    if (!trackers_[lineages[i].model].Relate(relations_[i], is_source)) continue;
    if (!related) decode();
    related = true;
    frame_.Append(lineages[i].field, abi::Bool(true));
  }
  return related;
}

}  // namespace eqlc
