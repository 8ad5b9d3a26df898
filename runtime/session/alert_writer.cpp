#include "runtime/session/alert_writer.h"

#include <algorithm>
#include <exception>

namespace eqlc {
namespace {

// 0 when there is no event. Those of a sample come in any order.
int64_t NewestTime(std::span<EventRecord* const> events) {
  int64_t newest_ns = INT64_MIN;
  bool any = false;
  for (const EventRecord* event : events) {
    if (event == nullptr) continue;
    newest_ns = std::max(newest_ns, event->timestamp_ns());
    any = true;
  }
  return any ? newest_ns : 0;
}

// What is thrown must not leave the session half-way through an event, and cannot pass through generated code.
template <typename Call>
Status Guarded(Call call) {
  try {
    return call();
  } catch (const std::exception& thrown) {
    return Error{thrown.what()};
  } catch (...) {
    return Error{"the sink threw something that is no std::exception"};
  }
}

}  // namespace

AlertWriter::AlertWriter(const Program::Impl& program, AlertSink& sink, const AlertRenderer* renderer, WorkAhead& ahead,
                         const SessionOptions& options, SessionStats& stats)
    : program_(program),
      sink_(sink),
      renderer_(renderer),
      ahead_(ahead),
      stats_(stats),
      in_batches_(renderer != nullptr && options.threads > 1),
      gated_(options.match_order == MatchOrder::kAsDecided) {
  stats_.alerts_per_rule.resize(program.rules.size());
}

template <typename Event>
bool AlertWriter::IsOwnAlert(uint32_t rule, Event& event) const {
  AlertMark& mark = event.alert_mark();
  if (!mark.get()) mark.set(MayBeAlert(event.json()));
  return *mark.get() && IsAlertOf(event.json(), program_.rules[rule].id);
}

bool AlertWriter::RaisesAlert(uint32_t rule, std::span<EventRecord* const> events) {
  if (program_.rules[rule].kind != RuleKind::kEvent && !gate_.Admits(rule, events)) return false;
  return std::ranges::none_of(events, [&](EventRecord* e) { return e != nullptr && IsOwnAlert(rule, *e); });
}

void AlertWriter::Write(uint32_t rule, CurrentEvent& event) {
  if (gated_ && IsOwnAlert(rule, event)) {
    ++stats_.suppressed;
    return;
  }
  if (in_batches_) {
    if (EventRecord* record = event.Retain()) {
      PipeRow row({&record, 1}, {});
      record->Unref();
      return PutAside(rule, std::move(row), event.timestamp_ns());
    }
    WriteAll();  // memory is out
  }
  const std::string_view json = event.json();
  RenderAndGive(rule, {program_.rules[rule], {&json, 1}, {}, event.timestamp_ns()});
}

void AlertWriter::Write(uint32_t rule, std::span<EventRecord* const> events, std::span<const std::string> join_keys) {
  if (gated_ && !RaisesAlert(rule, events)) {
    ++stats_.suppressed;
    return;
  }
  const int64_t timestamp_ns = NewestTime(events);
  if (in_batches_) return PutAside(rule, PipeRow(events, join_keys), timestamp_ns);
  views_.clear();
  for (const EventRecord* event : events) views_.push_back(event != nullptr ? event->json() : std::string_view());
  RenderAndGive(rule, {program_.rules[rule], views_, join_keys, timestamp_ns});
}

void AlertWriter::Finish(std::unique_ptr<LineChunk> chunk) {
  if (!open_ && ahead_.no_batches()) return chunk->Finish();
  if (!open_) open_ = EmptyBatch();
  open_->EndWith(std::move(chunk));
  PushBatch();
}

void AlertWriter::PutAside(uint32_t rule, PipeRow row, int64_t timestamp_ns) {
  if (!open_) open_ = EmptyBatch();
  open_->Add(rule, std::move(row), timestamp_ns);
  if (open_->full()) PushBatch();
}

void AlertWriter::PushBatch() {
  ahead_.Push(std::move(open_));
  WriteReady();
}

void AlertWriter::WriteReady() {
  while (!ahead_.no_batches()) {
    auto batch = ahead_.TakeBatch(/*wait=*/ahead_.batches_full());
    if (!batch) return;
    WriteBatch(std::move(batch));
  }
}

void AlertWriter::WriteAll() {
  if (open_) PushBatch();
  while (!ahead_.no_batches()) WriteBatch(ahead_.TakeBatch(/*wait=*/true));
}

std::unique_ptr<AlertBatch> AlertWriter::EmptyBatch() {
  if (free_.empty()) return std::make_unique<AlertBatch>(program_.rules);
  std::unique_ptr<AlertBatch> batch = std::move(free_.back());
  free_.pop_back();
  return batch;
}

void AlertWriter::WriteBatch(std::unique_ptr<AlertBatch> batch) {
  for (size_t i = 0; i < batch->size(); ++i) {
    if (batch->rendered(i)) {
      Give(batch->rule(i), batch->alert(i));
    } else {
      RenderAndGive(batch->rule(i), batch->alert(i));
    }
  }
  if (batch->chunk() != nullptr) batch->chunk()->Finish();
  batch->Clear();
  free_.push_back(std::move(batch));
}

void AlertWriter::RenderAndGive(uint32_t rule, Alert alert) {
  if (renderer_ != nullptr) {
    text_.clear();
    const Status rendered = Guarded([&] {
      renderer_->Render(alert, text_);
      return Status();
    });
    if (!rendered) return Note(rendered);
    alert.text = text_;
  }
  Give(rule, alert);
}

void AlertWriter::Give(uint32_t rule, const Alert& alert) {
  ++stats_.alerts;
  ++stats_.alerts_per_rule[rule];
  Note(Guarded([&] { return sink_.Write(alert); }));
}

void AlertWriter::Note(const Status& written) {
  if (written.ok()) return;
  ++stats_.sink_errors;
  if (first_error_.empty()) first_error_ = written.error().message;
}

Status AlertWriter::Flush() {
  WriteAll();
  const Status flushed = Guarded([&] { return sink_.Flush(); });
  if (flush_succeeded_) Note(flushed);
  flush_succeeded_ = flushed.ok();
  return first_error_.empty() ? Status() : Status(Error{first_error_});
}

}  // namespace eqlc
