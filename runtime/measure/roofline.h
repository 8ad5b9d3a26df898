// Roofline: how fast each stage between bytes and alerts is, and how fast it could be at all. The stages run in turn,
// round after round, so that a machine that is busy now and then slows them all alike; only figures of one Roofline
// compare.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/match/partition.h"
#include "runtime/measure/event_lines.h"

namespace eqlc {

struct RooflineStep {
  std::string name;
  double best_ns = 0;    // per event, of the fastest round
  double median_ns = 0;  // ... of the middle one
};

struct Roofline {
  uint64_t events = 0;
  uint64_t bytes = 0;
  std::vector<RooflineStep> steps;  // each includes those before it but for the reference walk
  MatchCounters counters;           // of one pass; zeros without index
  uint64_t leaves = 0;              // distinct leaves evaluated in one pass, by the interpreter
  uint64_t matched = 0;             // conditions that held
  uint64_t alerts = 0;              // of one whole run
  size_t partitions = 0;
  size_t index_bytes = 0;
};

// REQUIRES: rounds > 0, at least one event.
Roofline MeasureRoofline(const std::shared_ptr<const Program>& program, const EventLines& events, int rounds);

}  // namespace eqlc
