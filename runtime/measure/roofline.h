// Roofline: how fast each stage between bytes and alerts is, and how fast it could be at all. Only figures of one
// Roofline compare.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/measure/event_lines.h"
#include "runtime/measure/stages.h"

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
  MatchFigures match;               // of one pass
  uint64_t alerts = 0;              // of one whole run
};

// REQUIRES: rounds > 0, at least one event.
Roofline MeasureRoofline(const std::shared_ptr<const Program>& program, const EventLines& events, int rounds);

}  // namespace eqlc
