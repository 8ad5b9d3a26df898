// Session: bytes to alerts. One direction: decode -> match (EventMatcher) -> lineage -> sequence -> pipe (OrderedStage)
// -> render -> sink (AlertWriter). Tested by tests/unit/compiler/compile_test.cpp, the scenarios and the differential
// tests.
#include "eqlc/session.hpp"

#include <memory>
#include <string>

#include "runtime/program/program.h"
#include "runtime/session/alert_writer.h"
#include "runtime/session/line_chunk.h"
#include "runtime/session/ordered_stage.h"
#include "runtime/session/work_ahead.h"
#include "runtime/support/slab.h"

namespace eqlc {

struct Session::Impl {
  Impl(std::shared_ptr<const Program> shared, AlertSink& sink, const SessionOptions& options)
      : program(std::move(shared)),
        renderer(sink.MakeRenderer(program->rules())),
        ahead(program->impl(), renderer.get(), options),
        alerts(program->impl(), sink, renderer.get(), ahead, options, stats),
        ordered(program->impl(), events, alerts, options, stats) {}

  void Evaluate(std::unique_ptr<LineChunk> chunk);
  void EvaluateWaiting();
  void Drain();

  const std::shared_ptr<const Program> program;
  const std::unique_ptr<const AlertRenderer> renderer;  // null: the sink needs none
  SessionStats stats;
  SlabPool events;  // the memory of those that are kept, by a partial or for an alert
  WorkAhead ahead;
  AlertWriter alerts;
  OrderedStage ordered;
};

void Session::Impl::Evaluate(std::unique_ptr<LineChunk> chunk) {
  while (const std::optional<LineChunk::Line> line = chunk->Next()) {
    if (line->matched) {
      ordered.Push(line->event);
    } else if (const Status status = ordered.Push(line->event.line); !status) {
      chunk->AddBadLine(line->number, status.error().message);
    }
  }
  alerts.Finish(std::move(chunk));
}

void Session::Impl::EvaluateWaiting() {
  while (!ahead.no_chunks()) Evaluate(ahead.TakeChunk(/*wait=*/true, ordered.matcher()));
}

void Session::Impl::Drain() {
  EvaluateWaiting();
  static_cast<void>(alerts.Flush().ok());  // Finish says what went wrong
}

Session::Session(std::shared_ptr<const Program> program, AlertSink& sink, SessionOptions options)
    : impl_(std::make_unique<Impl>(std::move(program), sink, options)) {}

Session::~Session() = default;

Status Session::Push(std::string_view json) {
  impl_->EvaluateWaiting();
  Status status = impl_->ordered.Push(json);
  impl_->alerts.WriteAll();
  return status;
}

void Session::PushLines(std::string lines, OnLinesDone done) {
  WorkAhead& ahead = impl_->ahead;
  ahead.Push(std::make_unique<LineChunk>(std::move(lines), std::move(done)));
  while (auto chunk = ahead.TakeChunk(/*wait=*/ahead.chunks_full(), impl_->ordered.matcher())) {
    impl_->Evaluate(std::move(chunk));
  }
  impl_->alerts.WriteReady();
}

void Session::Drain() { impl_->Drain(); }

void Session::AdvanceTime(int64_t timestamp_ns) {
  impl_->EvaluateWaiting();
  impl_->ordered.AdvanceTime(timestamp_ns);
  impl_->Drain();
}

Status Session::Finish() {
  impl_->EvaluateWaiting();
  impl_->ordered.Finish();
  return impl_->alerts.Flush();
}

const SessionStats& Session::stats() const { return impl_->stats; }

}  // namespace eqlc
