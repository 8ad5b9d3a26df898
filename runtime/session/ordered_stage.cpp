// Tested by tests/unit/compiler/compile_test.cpp, the scenarios and the differential tests.
#include "runtime/session/ordered_stage.h"

#include <algorithm>

namespace eqlc {

OrderedStage::OrderedStage(const Program::Impl& program, SlabPool& memory, AlertWriter& alerts,
                           const SessionOptions& options, SessionStats& stats)
    : options_(options),
      has_lineage_(!program.image.lineages().empty()),
      stats_(stats),
      matcher_(program, options_),
      lineage_(program, matcher_.conditions(), matcher_.frame()),
      aliases_(program, matcher_.conditions(), matcher_.frame()),
      output_(program, options_.size, memory, alerts, stats_),
      dispatch_(program, options_, output_, aliases_),
      reorder_(options_.reorder_ns, options_.max_state_bytes),
      current_(memory) {}

Status OrderedStage::Push(std::string_view line) {
  MatchedEvent event;
  // What is awaited when the event's turn comes is not known before.
  const AwaitedConditions* const awaited = options_.reorder_ns == 0 ? &dispatch_.awaited() : nullptr;
  if (Status status = matcher_.Evaluate(line, event, awaited); !status) {
    stats_.bytes += line.size();
    ++stats_.bad_events;
    return status;
  }
  Accept(event, /*decoded=*/true);
  return {};
}

void OrderedStage::Push(const MatchedEvent& event) { Accept(event, /*decoded=*/false); }

void OrderedStage::Accept(const MatchedEvent& event, bool decoded) {
  stats_.bytes += event.line.size();
  ++stats_.events;
  if (event.timestamp_ns) stats_.newest_ns = std::max(stats_.newest_ns, *event.timestamp_ns);
  if (options_.reorder_ns == 0) {
    Evaluate(event, decoded);
  } else {
    // What matches nothing moves the clock and no more.
    const bool keep_line = has_lineage_ || !event.matched.empty();
    reorder_.Push(event, keep_line);
    EvaluateDue(false);
  }
  UpdateState();
}

void OrderedStage::EvaluateDue(bool all) {
  while (const std::optional<HeldEvent> held = reorder_.Pop(all)) {
    MatchedEvent event = held->event();
    // LineageFacts are not held: they would weigh more than the event.
    if (has_lineage_) static_cast<void>(matcher_.Evaluate(held->event().line, event, &dispatch_.awaited()));
    Evaluate(event, /*decoded=*/has_lineage_);
  }
}

void OrderedStage::Evaluate(const MatchedEvent& event, bool decoded) {
  if (event.timestamp_ns && *event.timestamp_ns < dispatch_.newest_ns()) ++stats_.late_events;
  std::span<const abi::ConditionId> matched = event.matched;
  if (event.lineage != nullptr && lineage_.Update(*event.lineage, [&] { Decode(event); })) {
    decoded = true;
    matched = matcher_.Match(&dispatch_.awaited(), event.timestamp_ns.has_value());
  } else if (!decoded && NeedsDecoding(event)) {
    decoded = true;
    Decode(event);
  }
  current_.Reset(decoded ? matcher_.text() : event.line, event.timestamp_ns.value_or(0));
  if (decoded) matcher_.Compute(matched);
  output_.BeginEvent();
  const bool left_out = dispatch_.Dispatch(current_, event.timestamp_ns, matcher_.frame().frame(), matched);
  if (left_out) ++stats_.no_timestamp;
}

bool OrderedStage::NeedsDecoding(const MatchedEvent& event) const {
  return !event.matched.empty() && (!event.line_is_text || dispatch_.ReadsFields(event.matched));
}

// It was an event before, so it decodes. What was found out about it in this frame is forgotten.
void OrderedStage::Decode(const MatchedEvent& event) { static_cast<void>(matcher_.Decode(event.line)); }

void OrderedStage::UpdateState() {
  const StateBudget& budget = dispatch_.budget();
  stats_.open_partials = budget.open_partials;
  stats_.state_bytes = budget.used_bytes + reorder_.bytes();
  stats_.evicted_partials = budget.evicted_partials;
}

void OrderedStage::AdvanceTime(int64_t timestamp_ns) {
  output_.BeginEvent();
  if (options_.reorder_ns == 0) {
    dispatch_.AdvanceTime(timestamp_ns);
  } else {
    reorder_.AdvanceTime(timestamp_ns);
    EvaluateDue(false);
    if (const std::optional<int64_t> due = reorder_.due_ns()) dispatch_.AdvanceTime(*due);
  }
  UpdateState();
}

void OrderedStage::Finish() {
  EvaluateDue(true);
  dispatch_.Finish();
  output_.Finish();
  UpdateState();
}

}  // namespace eqlc
