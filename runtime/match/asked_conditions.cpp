#include "runtime/match/asked_conditions.h"

#include <algorithm>

namespace eqlc {

std::vector<abi::ConditionId> AskedConditions(const Image& image) {
  std::vector<abi::ConditionId> asked = LineageConditions(image);
  for (const abi::ImageItem& item : image.items()) asked.push_back(item.condition);
  std::ranges::sort(asked);
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  return asked;
}

std::vector<abi::ConditionId> LineageConditions(const Image& image) {
  std::vector<abi::ConditionId> conditions;
  for (const abi::ImageLineage& lineage : image.lineages()) conditions.push_back(lineage.source);
  for (const abi::ImageProcessModel& model : image.process_models()) {
    for (const abi::ConditionId condition : {model.link, model.end, model.reset, model.step}) {
      if (condition != abi::kNone) conditions.push_back(condition);
    }
  }
  return conditions;
}

}  // namespace eqlc
