// Session: bytes to alerts. One direction: decode -> match (EventMatcher) -> lineage -> sequence -> pipe -> sink
// (OrderedStage). Tested by tests/unit/compiler/compile_test.cpp, the scenarios and the differential tests.
#include "eqlc/session.hpp"

#include <memory>
#include <string>

#include "runtime/program/program.h"
#include "runtime/session/line_chunk.h"
#include "runtime/session/match_ahead.h"
#include "runtime/session/ordered_stage.h"

namespace eqlc {

struct Session::Impl {
  Impl(std::shared_ptr<const Program> shared, AlertSink& sink, const SessionOptions& options)
      : program(std::move(shared)), ordered(program->impl(), sink, options), ahead(program->impl(), options) {}

  void Evaluate(LineChunk& chunk);
  void Drain();

  const std::shared_ptr<const Program> program;
  OrderedStage ordered;
  MatchAhead ahead;
};

void Session::Impl::Evaluate(LineChunk& chunk) {
  std::vector<BadLine> bad_lines;
  while (const std::optional<LineChunk::Line> line = chunk.Next()) {
    if (line->matched) {
      ordered.Push(line->event);
    } else if (const Status status = ordered.Push(line->event.line); !status) {
      bad_lines.push_back({line->number, status.error().message});
    }
  }
  chunk.Finish(std::move(bad_lines));
}

void Session::Impl::Drain() {
  while (!ahead.empty()) Evaluate(*ahead.Take(/*wait=*/true, ordered.matcher()));
}

Session::Session(std::shared_ptr<const Program> program, AlertSink& sink, SessionOptions options)
    : impl_(std::make_unique<Impl>(std::move(program), sink, options)) {}

Session::~Session() = default;

Status Session::Push(std::string_view json) {
  impl_->Drain();
  return impl_->ordered.Push(json);
}

void Session::PushLines(std::string lines, OnLinesDone done) {
  MatchAhead& ahead = impl_->ahead;
  ahead.Push(std::make_unique<LineChunk>(std::move(lines), std::move(done)));
  while (const auto chunk = ahead.Take(/*wait=*/ahead.full(), impl_->ordered.matcher())) impl_->Evaluate(*chunk);
}

void Session::Drain() { impl_->Drain(); }

Status Session::Finish() {
  impl_->Drain();
  return impl_->ordered.Finish();
}

const SessionStats& Session::stats() const { return impl_->ordered.stats(); }

}  // namespace eqlc
