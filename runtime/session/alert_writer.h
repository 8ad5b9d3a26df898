// AlertWriter: from alerts to the sink, in order.
//
// A sink that takes alerts as they are gets each at once. One that has an AlertRenderer does so with one thread only;
// with several, alerts are put aside in batches, which are rendered by whoever has time and written when they are
// ready.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/event/event_record.h"
#include "runtime/program/program.h"
#include "runtime/session/alert_batch.h"
#include "runtime/session/alert_gate.h"
#include "runtime/session/work_ahead.h"

namespace eqlc {

// Thread-safety: none.
class AlertWriter {
 public:
  // All references must outlive the writer; `renderer` is null when the sink has none.
  AlertWriter(const Program::Impl& program, AlertSink& sink, const AlertRenderer* renderer, WorkAhead& ahead,
              const SessionOptions& options, SessionStats& stats);

  // Before the alerts that the next event completes.
  void BeginEvent() { gate_.BeginEvent(); }
  // An alert on one event.
  void Write(uint32_t rule, CurrentEvent& event);
  // On several; null at the place of a missing one.
  void Write(uint32_t rule, std::span<EventRecord* const> events, std::span<const std::string> join_keys);

  // All alerts of the chunk are here: it is finished once they are written.
  void Finish(std::unique_ptr<LineChunk> chunk);
  // Writes what is ready, and what there is no room for any more.
  void WriteReady();
  void WriteAll();
  // Writes all and flushes the sink; an Error also when an earlier write failed.
  Status Flush();

 private:
  // `event` is a CurrentEvent or an EventRecord.
  template <typename Event>
  bool IsOwnAlert(uint32_t rule, Event& event) const;
  // For a match of several events.
  bool RaisesAlert(uint32_t rule, std::span<EventRecord* const> events);
  void PutAside(uint32_t rule, PipeRow row, int64_t timestamp_ns);
  void PushBatch();
  std::unique_ptr<AlertBatch> EmptyBatch();
  void WriteBatch(std::unique_ptr<AlertBatch> batch);
  // Renders it, if the sink wants that.
  void RenderAndGive(uint32_t rule, Alert alert);
  void Give(uint32_t rule, const Alert& alert);
  void Note(const Status& written);

  const Program::Impl& program_;
  AlertSink& sink_;
  const AlertRenderer* const renderer_;
  WorkAhead& ahead_;
  SessionStats& stats_;
  const bool in_batches_;
  const bool gated_;  // matches that raise no alert are left out
  AlertGate gate_;
  std::unique_ptr<AlertBatch> open_;               // the newest batch, not pushed yet; null: there is none
  std::vector<std::unique_ptr<AlertBatch>> free_;  // memory for batches
  std::vector<std::string_view> views_;            // of one alert's events
  std::string text_;                               // of one alert
  std::string first_error_;
  bool flush_succeeded_ = true;  // the last one: a full disk counts once, however often somebody tries
};

}  // namespace eqlc
