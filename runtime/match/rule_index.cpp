// Tested by tests/unit/compiler/index/rule_index_test.cpp and the differential tests.
#include "runtime/match/rule_index.h"

#include <algorithm>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// Evaluating so few conditions costs less than reading a signature.
constexpr size_t kMinConditions = 8;

}  // namespace

bool RuleIndex::IsUseful(const Program::Impl& program) { return program.image.requirements().size() >= kMinConditions; }

RuleIndex::RuleIndex(const Program::Impl& program)
    : program_(program), test_keys_(program), reader_(program, test_keys_) {}

const std::vector<abi::ConditionId>& RuleIndex::Candidates(const abi::EventFrame& frame) {
  values_.Reset(frame);
  candidates_.clear();
  Kept& kept = PartitionOf();
  const Partition::View& view = kept.views.Of(frame.present, bytes_);
  kept.partition->Probe(view, values_, scratch_.data(), candidates_, counters_);
  ++counters_.events;
  counters_.candidates += candidates_.size();
  return candidates_;
}

RuleIndex::Kept& RuleIndex::PartitionOf() {
  if (!reader_.Read(values_, signature_)) return Universal();
  if (last_ != nullptr && signature_ == last_signature_) return *last_;
  auto at = partitions_.find(signature_);
  if (at == partitions_.end()) {
    if (partitions_.size() >= limits::kMaxPartitions || bytes_ >= limits::kMaxPartitionBytes) return Universal();
    at =
        partitions_.try_emplace(signature_, std::make_unique<const Partition>(program_, test_keys_, &signature_)).first;
    Account(*at->second.partition);
  }
  last_signature_ = signature_;
  last_ = &at->second;
  return *last_;
}

RuleIndex::Kept& RuleIndex::Universal() {
  if (!universal_) {
    universal_.emplace(std::make_unique<const Partition>(program_, test_keys_, nullptr));
    Account(*universal_->partition);
  }
  return *universal_;
}

void RuleIndex::Account(const Partition& partition) {
  bytes_ += partition.bytes();
  scratch_.resize(std::max(scratch_.size(), partition.scratch_words()));
}

}  // namespace eqlc
