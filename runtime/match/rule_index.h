// RuleIndex: from an event to the conditions worth evaluating for it. Events are told apart by their signature;
// partitions are made when a signature is first met, their views when a shape is, and kept.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/match/event_values.h"
#include "runtime/match/partition.h"
#include "runtime/match/signature.h"
#include "runtime/match/test_keys.h"
#include "runtime/match/view_cache.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none (one per session).
class RuleIndex {
 public:
  // True when the program has an index and enough conditions for it to pay.
  static bool IsUseful(const Program::Impl& program);

  // `program` must outlive the index.
  explicit RuleIndex(const Program::Impl& program);

  // Every condition that holds for the event, and few others; ascending. Valid until the next call.
  const std::vector<abi::ConditionId>& Candidates(const abi::EventFrame& frame);

  const MatchCounters& counters() const { return counters_; }
  size_t partition_count() const { return partitions_.size(); }
  size_t bytes() const { return bytes_; }

 private:
  struct SignatureHash {
    size_t operator()(const Signature& signature) const noexcept { return signature.Hash(); }
  };
  struct Kept {
    explicit Kept(std::unique_ptr<const Partition> made) : partition(std::move(made)), views(*partition) {}
    std::unique_ptr<const Partition> partition;
    ViewCache views;
  };
  Kept& PartitionOf();
  // What serves events for whose signature no partition can be kept.
  Kept& Universal();
  void Account(const Partition& partition);

  const Program::Impl& program_;
  const TestKeys test_keys_;
  const SignatureReader reader_;
  std::unordered_map<Signature, Kept, SignatureHash> partitions_;
  std::optional<Kept> universal_;  // made when needed
  EventValues values_;
  Signature signature_;            // of the event
  Signature last_signature_;       // of an event before
  Kept* last_ = nullptr;           // its partition
  std::vector<uint64_t> scratch_;  // enough for every partition
  std::vector<abi::ConditionId> candidates_;
  MatchCounters counters_;
  size_t bytes_ = 0;  // of all partitions and views
};

}  // namespace eqlc
