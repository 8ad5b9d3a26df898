// What single rules cost: how often the index leaves their conditions to be evaluated, and how long that takes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc {

// Of all events together. A condition that several rules have counts for each of them, and its time in equal parts.
struct RuleCost {
  uint32_t rule = 0;       // in Program::rules()
  uint64_t evaluated = 0;  // conditions, the later items of sequences as if something were open
  uint64_t held = 0;       // of these
  double ns = 0;           // of the best round
};

// The rules that cost anything, costliest first. What rules share is paid by the first that needs it for an event.
// REQUIRES: rounds > 0.
std::vector<RuleCost> MeasureRuleCosts(const std::shared_ptr<const Program>& program, const EventLines& events,
                                       int rounds);

}  // namespace eqlc
