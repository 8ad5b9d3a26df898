// Workload: what all rows are measured with.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/table/rule_sets.h"
#include "bench/table/streams.h"

namespace eqlc::bench {

struct Workload {
  std::vector<std::string> rule_folders;
  RuleSet rules;                    // all of them
  std::vector<RuleText> behaviour;  // other rules, to be added to them; may be empty
  std::vector<Stream> streams;      // at least one
  int rounds = 5;
  size_t segment_events = 15'000;  // of one round where a session lives on from round to round
  size_t partials = 1'000'000;     // open at once, where many are
  std::string python = "python3";
  std::string scratch_folder;  // for files that other processes read
};

// The recordings, or the generated stream where there are none.
inline std::vector<const Stream*> Recordings(const Workload& workload) {
  std::vector<const Stream*> recordings;
  for (const Stream& stream : workload.streams) {
    if (stream.recorded) recordings.push_back(&stream);
  }
  if (recordings.empty()) recordings.push_back(&workload.streams[0]);
  return recordings;
}

}  // namespace eqlc::bench
