#include "runtime/lineage/lineage_tracker.h"

#include <algorithm>
#include <utility>

namespace eqlc {
namespace {

constexpr uint32_t kBitsPerWord = 64;

bool Get(const std::vector<uint64_t>& bits, uint32_t i) {
  return (bits[i / kBitsPerWord] >> i % kBitsPerWord & 1) != 0;
}
void Set(std::vector<uint64_t>& bits, uint32_t i) { bits[i / kBitsPerWord] |= uint64_t{1} << i % kBitsPerWord; }
void Unite(std::vector<uint64_t>& into, const std::vector<uint64_t>& bits) {
  for (size_t i = 0; i < into.size(); ++i) into[i] |= bits[i];
}
bool AnyOf(const std::vector<uint64_t>& bits) {
  return std::any_of(bits.begin(), bits.end(), [](uint64_t word) { return word != 0; });
}

}  // namespace

LineageTracker::LineageTracker(std::vector<abi::LineageKind> kinds, size_t max_processes)
    : kinds_(std::move(kinds)), max_processes_(max_processes) {
  const size_t words = (kinds_.size() + kBitsPerWord - 1) / kBitsPerWord;
  for (Bits* bits : {&source_, &child_, &descendant_}) bits->resize(words);
}

void LineageTracker::Begin(const ProcessFacts& facts) {
  if (facts.resets) Reset();
  links_ = facts.links;
  ends_ = facts.ends;
  steps_ = facts.steps;
  identity_ = facts.identity;
  // The identity of a process that ended starts anew, and what it becomes by this event stays.
  if (steps_ && !ended_.empty() && identity_ == ended_) Forget(std::exchange(ended_, {}));
  const Process* self = identity_.empty() ? nullptr : Find(identity_);
  for (Bits* bits : {&source_, &child_, &descendant_}) std::fill(bits->begin(), bits->end(), 0);
  if (self != nullptr) {
    Unite(source_, self->source);
    Unite(child_, self->child);
    Unite(descendant_, self->descendant);
  }
  if (links_) Inherit(facts);
}

void LineageTracker::Inherit(const ProcessFacts& facts) {
  if (processes_.empty()) return;
  const auto descend = [this](const Process& ancestor) {
    Unite(descendant_, ancestor.source);
    Unite(descendant_, ancestor.descendant);
  };
  for (const std::string_view identity : facts.parents) {
    const Process* parent = Find(identity);
    if (parent == nullptr) continue;
    Unite(child_, parent->source);
    descend(*parent);
  }
  for (const std::string_view identity : facts.ancestors) {
    if (const Process* ancestor = Find(identity)) descend(*ancestor);
  }
}

bool LineageTracker::Relate(uint32_t relation, bool is_source) {
  if (is_source) Set(source_, relation);
  switch (kinds_[relation]) {
    case abi::LineageKind::kChild:
      return Get(child_, relation);
    case abi::LineageKind::kDescendant:
      return Get(descendant_, relation);
    case abi::LineageKind::kEvent:
      return Get(source_, relation);
  }
  return false;
}

bool LineageTracker::is_known() const { return AnyOf(source_) || AnyOf(child_) || AnyOf(descendant_); }

void LineageTracker::End() {
  if (!identity_.empty() && is_known()) {
    Process& process = FindOrAdd(identity_);
    process.source = source_;
    process.child = child_;
    process.descendant = descendant_;
  }
  if (!steps_) return;
  if (!ended_.empty()) Forget(std::exchange(ended_, {}));
  if (ends_) ended_ = identity_;
}

void LineageTracker::Reset() {
  processes_.clear();
  by_recency_.clear();
  ended_.clear();
}

LineageTracker::Process* LineageTracker::Find(std::string_view identity) {
  const auto at = processes_.find(identity);
  if (at == processes_.end()) return nullptr;
  by_recency_.splice(by_recency_.begin(), by_recency_, at->second.recency);
  return &at->second;
}

LineageTracker::Process& LineageTracker::FindOrAdd(std::string_view identity) {
  if (Process* known = Find(identity)) return *known;
  const auto [at, added] = processes_.try_emplace(std::string(identity));
  by_recency_.push_front(at);
  at->second.recency = by_recency_.begin();
  if (processes_.size() > max_processes_) {
    processes_.erase(by_recency_.back());
    by_recency_.pop_back();
  }
  return at->second;
}

void LineageTracker::Forget(std::string_view identity) {
  const auto at = processes_.find(identity);
  if (at == processes_.end()) return;
  by_recency_.erase(at->second.recency);
  processes_.erase(at);
}

}  // namespace eqlc
