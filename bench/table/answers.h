// The gate of every figure: a run gives the alerts that the interpreter gives without index.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "eqlc/program.hpp"
#include "eqlc/session.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc::bench {

// All alerts of a run in their order: how many, and a hash over rules, events and keys.
struct Answers {
  uint64_t alerts = 0;
  uint64_t hash = 0;

  bool operator==(const Answers&) const = default;
};

// A sink that keeps no alert.
class AnswerSink : public AlertSink {
 public:
  Status Write(const Alert& alert) override;
  const Answers& answers() const { return answers_; }

 private:
  Answers answers_;
};

// A measurement whose answers are to be compared.
struct Gate {
  std::string what;
  std::shared_ptr<const Program> program;
  std::vector<std::shared_ptr<const EventLines>> events;  // one after the other
  size_t max_state_bytes = limits::kDefaultStateBytes;
};

struct GateResult {
  std::string what;
  size_t rules = 0;
  size_t events = 0;
  Answers fast;       // machine code, index
  Answers reference;  // interpreter, no index

  bool same() const { return fast == reference; }
};

// Checks several gates at once, in as many threads as the machine has processors.
std::vector<GateResult> CheckGates(const std::vector<Gate>& gates);

}  // namespace eqlc::bench
