// Sequence and sample engines: from matched items to completed matches, keyed by join key.
// The algorithm is docs/semantics.md sections 5.3 (positive items) and 5.7 (missing events).
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/abi/frame.h"
#include "runtime/abi/native.h"
#include "runtime/event/event_record.h"
#include "runtime/program/program.h"

namespace eqlc {

// A completed sequence or sample. The records are valid during the callback.
struct SequenceMatch {
  uint32_t rule;
  std::span<EventRecord* const> events;    // in item order (`runs` expanded); null at the place of a missing item
  std::span<const std::string> join_keys;  // JSON texts
};

// Takes completed matches, in order of completion.
class MatchReceiver {
 public:
  virtual ~MatchReceiver() = default;
  virtual void OnMatch(const SequenceMatch& match) = 0;
};

// Items of a rule that an event matches: bit i is item i (missing ones included), `until` is bit item_count.
using ItemSet = std::bitset<limits::kMaxSequenceItems + 1>;

// Memory and evictions of all rules of a session.
struct StateBudget {
  size_t max_bytes;
  size_t used_bytes = 0;
  uint64_t open_partials = 0;
  uint64_t evicted_partials = 0;
};

// State of one sequence rule. Thread-safety: none.
class SequenceEngine {
 public:
  // All references must outlive the engine. `advance` is the rule's generated transition, or null to interpret the
  // plan.
  SequenceEngine(const Program::Impl& program, uint32_t rule, abi::AdvanceFn advance, StateBudget& budget,
                 MatchReceiver& receiver);
  ~SequenceEngine();

  // Feeds one event that matches the items of `hits`. Releases pending matches whose deadline has passed first; time is
  // the largest timestamp seen.
  void Advance(CurrentEvent& event, const abi::EventFrame& frame, const ItemSet& hits);
  // Moves the clock without an event of interest.
  void AdvanceClock(int64_t timestamp_ns);
  // End of input: releases every pending match.
  void Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
