// AlertOutput: from matches to the sink: applies SessionOptions::size and each rule's pipes, counts, and hands out
// Alerts.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/event/event_record.h"
#include "runtime/keys/match.h"
#include "runtime/pipe/pipe.h"
#include "runtime/pipe/row.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none.
class AlertOutput : public MatchReceiver {
 public:
  AlertOutput(const Program::Impl& program, uint64_t size, AlertSink& sink, SessionStats& stats);
  ~AlertOutput() override;

  // A match of an event rule.
  void OnEvent(uint32_t rule, CurrentEvent& event);
  void OnMatch(const SequenceMatch& match) override;
  // End of input: pipes give out what they hold.
  void Finish();
  // Flushes the sink; an Error also when an earlier write failed.
  Status Flush();

 private:
  void Write(uint32_t rule, std::span<const std::string_view> events, std::span<const std::string> join_keys,
             int64_t timestamp_ns);
  void WriteRecords(uint32_t rule, std::span<EventRecord* const> events, std::span<const std::string> join_keys);
  void PushRow(uint32_t rule, PipeRow row);
  void Note(const Status& written);

  const Program::Impl& program_;
  AlertSink& sink_;
  SessionStats& stats_;
  std::vector<std::unique_ptr<PipeChain>> pipes_;  // [rule]; null without pipes
  std::vector<std::string_view> views_;            // of one alert's events
  std::string first_error_;
};

}  // namespace eqlc
