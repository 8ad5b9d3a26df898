#include "runtime/match/asked_conditions.h"

#include <algorithm>

namespace eqlc {

std::vector<abi::ConditionId> AskedConditions(const Image& image) {
  std::vector<abi::ConditionId> asked;
  for (const abi::ImageItem& item : image.items()) asked.push_back(item.condition);
  for (const abi::ImageLineage& lineage : image.lineages()) asked.push_back(lineage.source);
  for (const abi::ImageProcessModel& model : image.process_models()) {
    for (const abi::ConditionId condition : {model.link, model.end, model.reset}) {
      if (condition != abi::kNone) asked.push_back(condition);
    }
  }
  std::ranges::sort(asked);
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  return asked;
}

}  // namespace eqlc
