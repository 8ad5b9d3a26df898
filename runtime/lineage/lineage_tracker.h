// LineageTracker: which processes stand in which relation to processes seen before: `descendant of [...]` and its kin
// (docs/semantics.md sections 5.12 and 11.4).
//
// A relation has a source: a condition on events. A process is a source of the relation once one of its events met the
// condition, a child when its parent is a source, a descendant when its parent is a source or a descendant, or when one
// of its known ancestors is. A process is not its own child or descendant.
//
// Tested by tests/unit/runtime/lineage/lineage_tracker_test.cpp.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/image.h"
#include "runtime/lineage/process_facts.h"

namespace eqlc {

// The relations of one process model. Only processes that stand in some relation are kept, at most `max_processes`; the
// one that was not heard of for longest goes first. Thread-safety: none.
class LineageTracker {
 public:
  LineageTracker(std::vector<abi::LineageKind> kinds, size_t max_processes);

  // Around each event: Begin, Relate for each relation in order, End. A process that ends is forgotten after the next
  // event that steps, so that what comes together with the end still finds it, or before that event when it is of the
  // same identity; after a reset no process is known.
  void Begin(const ProcessFacts& facts);
  // After Begin: the event's process stands in some relation, or is the source of one.
  bool is_known() const;
  // Does the event's process stand in the relation? `is_source`: the event meets the relation's condition.
  bool Relate(uint32_t relation, bool is_source);
  void End();

  size_t size() const { return processes_.size(); }

 private:
  using Bits = std::vector<uint64_t>;  // one per relation
  struct Process;
  using Table = std::map<std::string, Process, std::less<>>;  // by identity; ordered, so that no input makes it slow
  struct Process {
    Bits source, child, descendant;
    std::list<Table::iterator>::iterator recency;
  };

  // Null for a process in no relation. Makes it the one heard of last.
  Process* Find(std::string_view identity);
  Process& FindOrAdd(std::string_view identity);
  void Forget(std::string_view identity);
  void Reset();
  void Inherit(const ProcessFacts& facts);

  const std::vector<abi::LineageKind> kinds_;
  const size_t max_processes_;
  Table processes_;
  std::list<Table::iterator> by_recency_;  // the one heard of last in front
  std::string ended_;                      // to be forgotten

  // Of the current event.
  bool links_ = false;
  bool ends_ = false;
  bool steps_ = false;
  std::string identity_;  // empty: none
  // What the process is from now on; to begin with, what it was before.
  Bits source_, child_, descendant_;
};

}  // namespace eqlc
