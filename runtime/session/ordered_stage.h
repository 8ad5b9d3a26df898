// OrderedStage: what depends on the order of events: reordering, lineage, sequences, samples, pipes.
#pragma once

#include <string_view>

#include "eqlc/session.hpp"
#include "runtime/event/event_record.h"
#include "runtime/program/program.h"
#include "runtime/session/alert_output.h"
#include "runtime/session/alert_writer.h"
#include "runtime/session/alias_filter.h"
#include "runtime/session/event_matcher.h"
#include "runtime/session/lineage_stage.h"
#include "runtime/session/reorder_buffer.h"
#include "runtime/session/rule_dispatch.h"
#include "runtime/support/slab.h"

namespace eqlc {

// Thread-safety: none.
class OrderedStage {
 public:
  // All references must outlive the stage; `memory`, that of the events, must outlive the alerts, too.
  OrderedStage(const Program::Impl& program, SlabPool& memory, AlertWriter& alerts, const SessionOptions& options,
               SessionStats& stats);

  // The next event, not looked at yet. An Error: it is none.
  Status Push(std::string_view line);
  // The next event, as another EventMatcher of the same program found it.
  void Push(const MatchedEvent& event);
  // It is this late, though no event says so.
  void AdvanceTime(int64_t timestamp_ns);
  // End of input.
  void Finish();

  // Free for any use between calls.
  EventMatcher& matcher() { return matcher_; }

 private:
  // `decoded`: the matcher's frame shows the event.
  void Accept(const MatchedEvent& event, bool decoded);
  void EvaluateDue(bool all);
  void Evaluate(const MatchedEvent& event, bool decoded);
  bool NeedsDecoding(const MatchedEvent& event) const;
  void Decode(const MatchedEvent& event);
  void UpdateState();

  const SessionOptions options_;
  const bool has_lineage_;
  SessionStats& stats_;
  EventMatcher matcher_;
  LineageStage lineage_;
  AliasFilter aliases_;
  AlertOutput output_;
  RuleDispatch dispatch_;
  ReorderBuffer reorder_;
  CurrentEvent current_;
};

}  // namespace eqlc
