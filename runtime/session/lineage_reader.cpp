#include "runtime/session/lineage_reader.h"

#include <algorithm>

namespace eqlc {

LineageReader::LineageReader(const Program::Impl& program) : program_(program) {
  facts_.processes.resize(program.image.process_models().size());
  const auto lineages = program.image.lineages();
  if (lineages.empty()) return;
  lineages_of_.resize(program.image.conditions().size());
  for (uint32_t i = 0; i < lineages.size(); ++i) lineages_of_[lineages[i].source].push_back(i);
}

const LineageFacts* LineageReader::Read(const abi::EventFrame& frame, std::span<const abi::ConditionId> matched) {
  if (lineages_of_.empty()) return nullptr;
  const auto holds = [&](abi::ConditionId condition, bool without) {
    return condition == abi::kNone ? without : std::ranges::binary_search(matched, condition);
  };
  const auto models = program_.image.process_models();
  for (size_t i = 0; i < models.size(); ++i) {
    ProcessFacts& facts = facts_.processes[i];
    facts.resets = holds(models[i].reset, false);
    facts.links = holds(models[i].link, true);
    facts.ends = holds(models[i].end, false);
    facts.steps = holds(models[i].step, facts.links || facts.ends);
    ReadIdentities(models[i], frame, facts);
  }
  facts_.sources.clear();
  for (const abi::ConditionId condition : matched) {
    const std::vector<uint32_t>& lineages = lineages_of_[condition];
    facts_.sources.insert(facts_.sources.end(), lineages.begin(), lineages.end());
  }
  std::ranges::sort(facts_.sources);
  return &facts_;
}

}  // namespace eqlc
