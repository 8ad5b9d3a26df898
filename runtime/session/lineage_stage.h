// LineageStage: decides the lineage fields of events (`descendant of [...]`), which conditions read like any field.
//
// Most events stand in no relation, and what their conditions say was right without the fields. The others need a
// second look, with the fields in the frame.
#pragma once

#include <functional>
#include <vector>

#include "runtime/event/frame_buffer.h"
#include "runtime/lineage/lineage_tracker.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none.
class LineageStage {
 public:
  // All references must outlive the stage.
  LineageStage(const Program::Impl& program, const ConditionMatcher& conditions, FrameBuffer& frame);

  // The next event. True when its process stands in some relation: then `decode`, called once, has put the event into
  // the frame, and the fields are there, too.
  bool Update(const LineageFacts& facts, const std::function<void()>& decode);

 private:
  // Could any relation hold for the event, or be founded by it?
  bool IsConcerned(const LineageFacts& facts) const;
  bool Relate(const LineageFacts& facts, const std::function<void()>& decode);

  const Program::Impl& program_;
  const ConditionMatcher& conditions_;
  FrameBuffer& frame_;
  std::vector<LineageTracker> trackers_;  // by process model
  std::vector<uint32_t> relations_;       // [lineage]: its number in the model's tracker
  std::vector<bool> reads_lineage_;       // [lineage]: its source reads lineage fields
};

}  // namespace eqlc
