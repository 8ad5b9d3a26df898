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
  Signature signature;
  if (!store_.reader().Read(values_, signature)) return Universal();
  Recent& recent = recent_[signature.Hash() % recent_.size()];
  if (recent.automaton != nullptr && recent.signature == signature) return *recent.automaton;
  ProbeAutomaton* const automaton = Find(signature);
  if (automaton == nullptr) return Universal();
  recent = {signature, automaton};
  return *automaton;
}

// Null when there are too many.
ProbeAutomaton* RuleIndex::Find(const Signature& signature) {
  const auto known = automata_.find(signature);
  if (known != automata_.end()) return &known->second;
  const Partition* const partition = store_.Of(signature);
  if (partition == nullptr) return nullptr;
  ProbeAutomaton& made = automata_.try_emplace(signature, *partition).first->second;
  bytes_ += made.bytes();
  return &made;
}

ProbeAutomaton& RuleIndex::Universal() {
  if (!universal_) {
    universal_.emplace(store_.Universal());
    bytes_ += universal_->bytes();
  }
  return *universal_;
}

}  // namespace eqlc
