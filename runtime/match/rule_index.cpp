// Tested by tests/unit/compiler/index/rule_index_test.cpp and the differential tests.
#include "runtime/match/rule_index.h"

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// Evaluating so few conditions costs less than reading a signature.
constexpr size_t kMinConditions = 8;

}  // namespace

bool RuleIndex::IsUseful(const Program::Impl& program) { return program.image.requirements().size() >= kMinConditions; }

RuleIndex::RuleIndex(const Program::Impl& program) : store_(PartitionStore::Of(program)) {}

const std::vector<abi::ConditionId>& RuleIndex::Candidates(const abi::EventFrame& frame) {
  values_.Reset(frame);
  candidates_.clear();
  ProbeAutomaton& automaton = AutomatonOf();
  const size_t bytes_before = automaton.bytes();
  automaton.Probe(values_, bytes_ < limits::kMaxPartitionBytes, candidates_, counters_);
  bytes_ += automaton.bytes() - bytes_before;
  ++counters_.events;
  counters_.candidates += candidates_.size();
  return candidates_;
}

ProbeAutomaton& RuleIndex::AutomatonOf() {
  if (!store_.reader().Read(values_, signature_)) return Universal();
  if (last_ != nullptr && signature_ == last_signature_) return *last_;
  auto at = automata_.find(signature_);
  if (at == automata_.end()) {
    const Partition* const partition = store_.Of(signature_);
    if (partition == nullptr) return Universal();
    at = automata_.try_emplace(signature_, *partition).first;
    bytes_ += at->second.bytes();
  }
  last_signature_ = signature_;
  last_ = &at->second;
  return *last_;
}

ProbeAutomaton& RuleIndex::Universal() {
  if (!universal_) {
    universal_.emplace(store_.Universal());
    bytes_ += universal_->bytes();
  }
  return *universal_;
}

}  // namespace eqlc
