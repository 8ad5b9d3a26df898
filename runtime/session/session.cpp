// Session: bytes to alerts. One direction: decode -> lineage -> match -> sequence -> pipe -> sink.
// Tested by tests/unit/compiler/compile_test.cpp, the scenarios and the differential tests.
#include "eqlc/session.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "runtime/event/decoder.h"
#include "runtime/event/event_record.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/match/computed_fields.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/program.h"
#include "runtime/session/alert_output.h"
#include "runtime/session/alias_filter.h"
#include "runtime/session/lineage_stage.h"
#include "runtime/session/reorder_buffer.h"
#include "runtime/session/rule_dispatch.h"
#include "runtime/value/timestamp.h"

namespace eqlc {

struct Session::Impl {
  Impl(std::shared_ptr<const Program> shared, AlertSink& sink, const SessionOptions& session_options)
      : program(std::move(shared)),
        options(session_options),
        decoder(program->impl().paths, program->impl().readings, program->impl().roles),
        frame(program->impl().paths.size(), program->impl().image.header().leaf_count,
              ElementLayout(program->impl().image.fields(), program->impl().image.scopes()),
              AliasFilter::RoomFor(program->impl())),
        matcher(program->impl(), options.engine, options.use_index),
        lineage(program->impl(), matcher, frame),
        aliases(program->impl(), matcher, frame),
        computed(program->impl()),
        output(program->impl(), options.size, sink, stats),
        dispatch(program->impl(), options, output, aliases),
        reorder(options.reorder_ns) {
    stats.alerts_per_rule.resize(program->rules().size());
  }

  Status Accept(std::string_view line);
  void Evaluate();
  void EvaluateDue(bool all);
  void UpdateState();
  std::optional<int64_t> Timestamp();
  abi::Value Tiebreaker();

  const std::shared_ptr<const Program> program;
  const SessionOptions options;
  SessionStats stats;
  Decoder decoder;
  FrameBuffer frame;
  ConditionMatcher matcher;
  LineageStage lineage;
  AliasFilter aliases;
  ComputedFields computed;
  AlertOutput output;
  RuleDispatch dispatch;
  ReorderBuffer reorder;
  CurrentEvent event;
  int64_t newest_ns = INT64_MIN;
};

// The frame's first value of a field; null when it has none or the program lacks the field.
static abi::Value FirstValue(const abi::EventFrame& frame, abi::FieldId field) {
  if (field == abi::kNone || frame.slots[field].count == 0) return abi::Null();
  return frame.values[frame.slots[field].first];
}

std::optional<int64_t> Session::Impl::Timestamp() {
  const abi::Value value = FirstValue(frame.frame(), program->impl().image.header().timestamp_field);
  return ParseTimestamp(value, options.timestamp_unit);
}

abi::Value Session::Impl::Tiebreaker() {
  return FirstValue(frame.frame(), program->impl().image.header().tiebreaker_field);
}

Status Session::Impl::Accept(std::string_view line) {
  stats.bytes += line.size();
  if (Status status = decoder.Decode(line, frame); !status) {
    ++stats.bad_events;
    return status;
  }
  ++stats.events;
  if (options.reorder_ns == 0) {
    Evaluate();
  } else {
    reorder.Push(decoder.text(), Timestamp(), Tiebreaker());
    EvaluateDue(false);
  }
  UpdateState();
  return {};
}

void Session::Impl::EvaluateDue(bool all) {
  while (std::optional<std::string> held = reorder.Pop(all)) {
    if (decoder.Decode(*held, frame)) Evaluate();
  }
}

// REQUIRES: the decoder and `frame` hold the event.
void Session::Impl::Evaluate() {
  const std::optional<int64_t> timestamp = Timestamp();
  if (timestamp) {
    if (*timestamp < newest_ns) ++stats.late_events;
    newest_ns = std::max(newest_ns, *timestamp);
  }
  event.Reset(decoder.text(), timestamp.value_or(0));
  lineage.Update();
  const std::vector<abi::ConditionId>& matched = matcher.Match(frame.frame());
  computed.Fill(matched, frame);
  const bool left_out = dispatch.Dispatch(event, timestamp, frame.frame(), matched);
  if (left_out) ++stats.no_timestamp;
}

void Session::Impl::UpdateState() {
  const StateBudget& budget = dispatch.budget();
  stats.open_partials = budget.open_partials;
  stats.state_bytes = budget.used_bytes;
  stats.evicted_partials = budget.evicted_partials;
}

Session::Session(std::shared_ptr<const Program> program, AlertSink& sink, SessionOptions options)
    : impl_(std::make_unique<Impl>(std::move(program), sink, options)) {}

Session::~Session() = default;

Status Session::Push(std::string_view json) { return impl_->Accept(json); }

Status Session::Finish() {
  impl_->EvaluateDue(true);
  impl_->dispatch.Finish();
  impl_->output.Finish();
  impl_->UpdateState();
  return impl_->output.Flush();
}

const SessionStats& Session::stats() const { return impl_->stats; }

}  // namespace eqlc
