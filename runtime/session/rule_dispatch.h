// RuleDispatch: from matched conditions to the rules that use them. Event rules are done at once; sequence and sample
// rules get the set of their items that the event matches. A sequence of which nothing has begun waits for its first
// item alone.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/event/event_record.h"
#include "runtime/match/awaited_conditions.h"
#include "runtime/program/program.h"
#include "runtime/sample/sample.h"
#include "runtime/sequence/join.h"
#include "runtime/sequence/sequence.h"
#include "runtime/session/alert_output.h"
#include "runtime/session/stream_clock.h"

namespace eqlc {

// Thread-safety: none.
class RuleDispatch {
 public:
  // `filter` decides the residuals of sequence items. All references must outlive the dispatch.
  RuleDispatch(const Program::Impl& program, const SessionOptions& options, AlertOutput& output, PartialFilter& filter);

  // Gives the event to every rule that has one of `matched` (ascending) as condition, in order of rules.
  // True when a sequence rule left the event out because it has no timestamp.
  bool Dispatch(CurrentEvent& event, std::optional<int64_t> timestamp_ns, const abi::EventFrame& frame,
                std::span<const abi::ConditionId> matched);
  // It is this late, though no event says so: releases what waits for it.
  void AdvanceTime(int64_t timestamp_ns);
  // Does Dispatch look at the event's frame?
  bool ReadsFields(std::span<const abi::ConditionId> matched) const;
  // The conditions whose events would do something now, if they have a timestamp.
  const AwaitedConditions& awaited() const { return awaited_; }
  // The latest timestamp so far; INT64_MIN: none.
  int64_t newest_ns() const { return newest_ns_; }
  // End of input: releases pending matches.
  void Finish();

  const StateBudget& budget() const { return budget_; }

 private:
  struct Use {
    uint32_t rule;
    uint32_t item;
    bool needs_partial;
  };
  struct Hits {
    ItemSet items;
    bool any = false;
  };
  void AddSequence(uint32_t rule, const SessionOptions& options);
  void AddSample(uint32_t rule, const SessionOptions& options);
  void AdvanceSequence(uint32_t rule, CurrentEvent& event, const abi::EventFrame& frame);
  void NoteOpen(uint32_t rule);
  void AdvanceClocks();
  // False: nothing was due.
  bool AdvanceClock(uint32_t rule);

  const Program::Impl& program_;
  AlertOutput& output_;
  PartialFilter& filter_;
  StateBudget budget_;
  std::vector<std::vector<Use>> uses_;  // [ConditionId]
  std::vector<bool> reads_fields_;      // [ConditionId]: used by a rule of several events
  AwaitedConditions awaited_;
  std::vector<std::unique_ptr<SequenceEngine>> sequences_;  // [rule]; null for other rules
  std::vector<std::unique_ptr<SampleEngine>> samples_;      // [rule]; null for other rules
  std::vector<std::unique_ptr<JoinEngine>> joins_;          // [rule]; null for other rules
  std::vector<bool> is_open_;                               // [rule]: a sequence of which something has begun
  std::vector<uint32_t> open_rules_;                        // the same, in no order
  std::vector<uint32_t> open_at_;                           // [rule]: where it stands in open_rules_, if it does
  std::vector<uint32_t> timed_rules_;                       // sequence rules that release matches by the clock
  std::vector<bool> is_timed_;                              // [rule]: in timed_rules_
  int64_t timed_due_ns_ = INT64_MAX;                        // no rule of timed_rules_ has something to do before
  std::vector<Hits> hits_;                                  // [rule]
  std::vector<uint32_t> touched_;                           // rules with hits, this event
  int64_t newest_ns_ = INT64_MIN;                           // of all events
  StreamClock clock_;                                       // by which matches are released and partials expire
  uint64_t events_ = 0;                                     // with a time
  size_t idle_visits_ = 0;                                  // by AdvanceClocks, one after the other
  size_t sweep_ = 0;                                        // whose clock moves next, of open_rules_
};

}  // namespace eqlc
