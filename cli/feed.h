// Feed: input files into a session, with progress, Ctrl-C and a report of every line that is no event.
#pragma once

#include <string>
#include <vector>

#include "eqlc/program.hpp"
#include "eqlc/session.hpp"
#include "progress.h"

namespace eqlc::cli {

struct FeedResult {
  uint64_t bad_inputs = 0;   // files that could not be read, or not to their end
  uint64_t long_lines = 0;   // lines beyond kMaxEventBytes, which the session never saw
  std::string output_error;  // first failure of the sink; empty: none
  bool interrupted = false;
};

// From now on Ctrl-C (SIGINT, SIGTERM) ends Feed instead of the process; a second one ends the process.
void CatchInterrupts();

// Size of all input files together, for progress; 0 when one of them has none (a pipe).
uint64_t TotalBytes(const std::vector<std::string>& paths);

// Pushes every event of the files (folders are searched; "-" is stdin), in order, and finishes the session. Bad lines
// and files are named on stderr; of bad lines only the first few, the rest is counted by the session.
FeedResult Feed(const std::vector<std::string>& paths, Session& session, Progress& progress);

// Names on stderr what went wrong besides the inputs: output that could not be written, also when interrupted, and
// machine code that could not be made.
void ReportFaults(const FeedResult& feed, const Program& program);

}  // namespace eqlc::cli
