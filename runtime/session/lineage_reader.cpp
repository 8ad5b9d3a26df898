#include "runtime/session/lineage_reader.h"

namespace eqlc {

LineageReader::LineageReader(const Program::Impl& program, const ConditionMatcher& conditions)
    : program_(program), conditions_(conditions) {
  facts_.processes.resize(program.image.process_models().size());
}

const LineageFacts* LineageReader::Read(const abi::EventFrame& frame) {
  const auto lineages = program_.image.lineages();
  if (lineages.empty()) return nullptr;
  const auto holds = [&](abi::ConditionId condition, bool without) {
    return condition == abi::kNone ? without : conditions_.Holds(frame, condition);
  };
  const auto models = program_.image.process_models();
  for (size_t i = 0; i < models.size(); ++i) {
    ProcessFacts& facts = facts_.processes[i];
    facts.resets = holds(models[i].reset, false);
    facts.links = holds(models[i].link, true);
    facts.ends = holds(models[i].end, false);
    ReadIdentities(models[i], frame, facts);
  }
  facts_.sources.clear();
  for (uint32_t i = 0; i < lineages.size(); ++i) {
    if (conditions_.Holds(frame, lineages[i].source)) facts_.sources.push_back(i);
  }
  return &facts_;
}

}  // namespace eqlc
