// RuleIndex: from an event to the conditions worth evaluating for it. Events are told apart by their signature, which
// picks the partition; an automaton walks through that.
#pragma once

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

#include "runtime/match/event_values.h"
#include "runtime/match/partition_store.h"
#include "runtime/match/probe_automaton.h"
#include "runtime/match/signature.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none (one per session and thread).
class RuleIndex {
 public:
  // True when the program has an index and enough conditions for it to pay.
  static bool IsUseful(const Program::Impl& program);

  // `program` must outlive the index. REQUIRES: the program has requirements, or no conditions.
  explicit RuleIndex(const Program::Impl& program);

  // Every condition that holds for the event, and few others; ascending. Valid until the next call.
  const std::vector<abi::ConditionId>& Candidates(const abi::EventFrame& frame);

  const MatchCounters& counters() const { return counters_; }
  // The program's partitions, and bytes with what this index remembers.
  size_t partition_count() const { return store_.partition_count(); }
  size_t bytes() const { return store_.bytes() + bytes_; }

 private:
  struct Recent {
    Signature signature;
    ProbeAutomaton* automaton = nullptr;
  };

  ProbeAutomaton& AutomatonOf();
  ProbeAutomaton* Find(const Signature& signature);
  ProbeAutomaton& Universal();

  PartitionStore& store_;
  std::unordered_map<Signature, ProbeAutomaton, SignatureHash> automata_;
  std::optional<ProbeAutomaton> universal_;  // made when needed
  EventValues values_;
  std::array<Recent, 64> recent_;  // by hash; most events are of a signature that was here lately
  std::vector<abi::ConditionId> candidates_;
  MatchCounters counters_;
  size_t bytes_ = 0;  // of all automata
};

}  // namespace eqlc
