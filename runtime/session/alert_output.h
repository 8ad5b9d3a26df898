// AlertOutput: from matches to alerts: applies SessionOptions::size and each rule's pipes.
#pragma once

#include <memory>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/event/event_record.h"
#include "runtime/keys/match.h"
#include "runtime/pipe/pipe.h"
#include "runtime/pipe/row.h"
#include "runtime/program/program.h"
#include "runtime/session/alert_writer.h"
#include "runtime/support/slab.h"

namespace eqlc {

// Thread-safety: none.
class AlertOutput : public MatchReceiver {
 public:
  // All references must outlive the output; `memory` is that of the events.
  AlertOutput(const Program::Impl& program, uint64_t size, SlabPool& memory, AlertWriter& writer, SessionStats& stats);
  ~AlertOutput() override;

  // Before what the next event matches or completes.
  void BeginEvent() { writer_.BeginEvent(); }
  // A match of an event rule.
  void OnEvent(uint32_t rule, CurrentEvent& event);
  void OnMatch(const SequenceMatch& match) override;
  // End of input: pipes give out what they hold.
  void Finish();

 private:
  void PushRow(uint32_t rule, PipeRow row);

  AlertWriter& writer_;
  SessionStats& stats_;
  std::vector<std::unique_ptr<PipeChain>> pipes_;  // [rule]; null without pipes
};

}  // namespace eqlc
