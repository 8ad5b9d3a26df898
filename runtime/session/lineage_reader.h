// LineageReader: an event's LineageFacts, for the OrderedStage to go by.
#pragma once

#include <span>
#include <vector>

#include "runtime/abi/frame.h"
#include "runtime/lineage/process_facts.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none.
class LineageReader {
 public:
  // `program` must outlive the reader.
  explicit LineageReader(const Program::Impl& program);

  // `matched`: the asked conditions that hold for the event, ascending. Null when the program has no lineage. Valid
  // until the next call, or until the frame changes.
  const LineageFacts* Read(const abi::EventFrame& frame, std::span<const abi::ConditionId> matched);

 private:
  const Program::Impl& program_;
  std::vector<std::vector<uint32_t>> lineages_of_;  // [ConditionId]: those whose source it is; empty without lineage
  LineageFacts facts_;
};

}  // namespace eqlc
