// LineageReader: an event's LineageFacts, for the OrderedStage to go by.
#pragma once

#include "runtime/event/frame_buffer.h"
#include "runtime/lineage/process_facts.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none.
class LineageReader {
 public:
  // All references must outlive the reader.
  LineageReader(const Program::Impl& program, const ConditionMatcher& conditions);

  // Null when the program has no lineage. Valid until the next call, or until the frame changes.
  const LineageFacts* Read(const abi::EventFrame& frame);

 private:
  const Program::Impl& program_;
  const ConditionMatcher& conditions_;
  LineageFacts facts_;
};

}  // namespace eqlc
