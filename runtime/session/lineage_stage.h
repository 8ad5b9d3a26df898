// LineageStage: before an event's conditions are evaluated, decides the lineage fields (`descendant of [...]`) and puts
// them into the frame, so that conditions read them like any field.
#pragma once

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
  LineageStage(const Program::Impl& program, ConditionMatcher& matcher, FrameBuffer& frame);

  // REQUIRES: the frame holds the event.
  void Update();

 private:
  bool Holds(abi::ConditionId condition, bool without);

  const Program::Impl& program_;
  ConditionMatcher& matcher_;
  FrameBuffer& frame_;
  std::vector<LineageTracker> trackers_;  // by process model
  std::vector<uint32_t> relations_;       // [lineage]: its number in the model's tracker
};

}  // namespace eqlc
