// Stages: each part of the way from bytes to alerts over the same events, to be timed by itself.
#pragma once

#include <cstdint>
#include <memory>

#include "eqlc/program.hpp"
#include "runtime/match/probe_automaton.h"
#include "runtime/measure/event_lines.h"

namespace eqlc {

// What matching does for the events; the same every time.
struct MatchFigures {
  MatchCounters counters;  // zeros without index
  uint64_t leaves = 0;     // distinct leaves evaluated, by the interpreter
  uint64_t matched = 0;    // conditions that held
  size_t partitions = 0;
  size_t index_bytes = 0;
};

// Each call of a stage works through all events, and through the stages it includes. Thread-safety: none.
class Stages {
 public:
  // `events` must outlive the stages.
  Stages(std::shared_ptr<const Program> program, const EventLines& events);
  ~Stages();

  void ScanNewlines();
  // simdjson's first stage: UTF-8, strings, and where every token starts.
  void ScanStructure();
  void WalkReference();
  void Decode();
  // Decode, and the conditions that hold.
  void Match();
  void MatchWithoutIndex();
  // A whole session, from its making to its end.
  void Run();
  // Of the last Run.
  uint64_t alerts() const;

  MatchFigures CountMatching();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
