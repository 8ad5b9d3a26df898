// The table that `run` ends with.
#pragma once

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "feed.h"

namespace eqlc::cli {

struct RulesLoaded {
  uint32_t loaded = 0;
  uint32_t left_out = 0;  // with errors
  uint32_t other = 0;     // in another language
};

// Prints to stderr: rules, events, alerts per severity and per rule, throughput.
void PrintSummary(const Program& program, const RulesLoaded& rules, const SessionStats& stats, const FeedResult& feed,
                  double seconds);

}  // namespace eqlc::cli
