// LineageTracker: `child of`, `descendant of` and `event of` (docs/semantics.md section 5.12). For every subquery of
// the program it remembers which processes had a matching event and which descend from them, and gives each event a
// boolean field that says whether its process is one of them. What a process, its start and its end are, the image
// says. Tested by tests/unit/compiler/python/lineage_test.cpp.
#pragma once

#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/abi/image.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/program.h"

namespace eqlc {

// Ids of processes, bounded: beyond kMaxTrackedProcesses the oldest go.
class ProcessSet {
 public:
  bool Contains(const std::string& id) const { return ids_.count(id) != 0; }
  void Add(const std::string& id);
  void Remove(const std::string& id) { ids_.erase(id); }
  void Clear();

 private:
  std::unordered_set<std::string> ids_;
  std::deque<std::string> order_;  // of addition; removed ones stay until their turn
};

// Thread-safety: none (one per session).
class LineageTracker {
 public:
  // Both must outlive the tracker.
  LineageTracker(const Program::Impl& program, ConditionMatcher& matcher);

  // Learns from the event in `frame` and sets the fields of all subqueries. Before the rules see the event.
  void Observe(FrameBuffer& frame);

 private:
  struct Relation {
    ProcessSet sources;              // had a matching event
    ProcessSet relatives;            // children or descendants of sources
    std::vector<std::string> ended;  // to be forgotten with the next process event
  };

  void ObserveProcess(const abi::ImageLineage& lineage, const abi::EventFrame& frame, Relation& relation);
  bool Holds(abi::ConditionId condition, const abi::EventFrame& frame) { return matcher_.Holds(frame, condition); }

  const Program::Impl& program_;
  ConditionMatcher& matcher_;
  std::vector<Relation> relations_;  // [lineage of the image]
};

}  // namespace eqlc
