#include "runtime/sample/sample.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <new>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {

using abi::KeyState;

struct SampleEngine::Candidate {
  EventRecord* record;
  Candidate* older;
  int64_t time_ns;     // the clock when it arrived
  FilterMask filters;  // those it is kept for
};

struct SampleEngine::SampleKey {
  Candidate* newest;
  int64_t reported_ns;  // the clock when it last gave a sample
  FilterSets sets;
  uint32_t reported;
  std::array<uint16_t, limits::kMaxSampleItems> counts;  // [filter]: candidates
};

namespace {

constexpr size_t kSampleOffset = offsetof(KeyState, slots);

// A longer key is refused and counted; it would have to be nearly the whole of the longest event.
constexpr size_t kMaxKeyBytes = 32u << 20;

// Keys behind the window that are let go per event; more than one event brings.
constexpr int kExpiredPerEvent = 16;

static_assert(limits::kMaxSampleItems + limits::kMaxSamplesPerKey <= UINT16_MAX, "SampleKey::counts");

}  // namespace

SampleEngine::SampleEngine(SamplePlan plan, SampleOptions options, StateBudget& budget, MatchReceiver& receiver)
    : plan_(std::move(plan)),
      options_(options),
      max_candidates_(plan_.filter_count() + options.max_per_key - 1),
      budget_(budget),
      receiver_(receiver),
      table_(budget, kSampleOffset + sizeof(SampleKey)),
      search_(plan_.filter_count()) {
  assert(options.max_per_key >= 1 && options.max_per_key <= limits::kMaxSamplesPerKey);
  budget_.Register(*this);
}

SampleEngine::~SampleEngine() {
  while (!by_use_.empty()) FreeKey(by_use_.front());
  assert(table_.size() == 0 && state_bytes_ == 0);
  budget_.Unregister(*this);
}

SampleEngine::SampleKey& SampleEngine::Of(KeyState* key) {
  return *reinterpret_cast<SampleKey*>(reinterpret_cast<char*>(key) + kSampleOffset);
}

void SampleEngine::Advance(CurrentEvent& event, std::optional<int64_t> timestamp_ns, const abi::EventFrame& frame,
                           FilterMask filters) {
  if (windowed()) MoveWindow(timestamp_ns);
  record_ = nullptr;
  touched_.clear();
  // List by list, so that the keys of a list are worked out once.
  for (uint32_t list = 0; list < plan_.key_lists.size(); ++list) {
    bool extracted = false;
    for (uint32_t f = 0; f < plan_.filter_count(); ++f) {
      if ((filters >> f & 1) == 0 || plan_.key_list_of[f] != list) continue;
      if (!std::exchange(extracted, true)) keys_.Extract(plan_.key_lists[list], frame);
      for (uint32_t i = 0; i < keys_.size(); ++i) Offer(event, i, f);
    }
  }
  for (KeyState* key : touched_) Settle(key);
  while (table_.size() > limits::kMaxKeysPerRule && EvictOldest(budget_.evicted_partials)) {
  }
  budget_.Enforce();
}

void SampleEngine::Offer(CurrentEvent& event, uint32_t index, uint32_t filter) {
  KeyState* key = FindOrAdd(index);
  if (key == nullptr) return;
  KeyQueue::Remove(key);
  by_use_.PushBack(key);
  key->timer_ns = clock_ns_;
  if (windowed()) Refresh(key);
  SampleKey& sample = Of(key);
  if (sample.reported == options_.max_per_key) return;
  if (sample.counts[filter] == max_candidates_) {
    if (!windowed()) return;
    DropOldest(key, filter);
  }
  const bool kept = sample.newest != nullptr && sample.newest->record == record_;
  Candidate* candidate = kept ? sample.newest : AddCandidate(event, key);
  if (candidate != nullptr) {
    candidate->filters |= FilterMask{1} << filter;
    ++sample.counts[filter];
  } else if (sample.newest == nullptr && sample.reported == 0) {
    FreeKey(key);
  }
}

void SampleEngine::Settle(KeyState* key) {
  SampleKey& sample = Of(key);
  if (windowed()) {  // candidates may have gone
    sample.sets = kNoEvents;
    for (const Candidate* c = sample.newest; c != nullptr; c = c->older) {
      sample.sets = WithEvent(sample.sets, c->filters);
    }
  } else {
    sample.sets = WithEvent(sample.sets, sample.newest->filters);
  }
  if (!options_.at_finish && Covers(sample.sets, AllFilters(plan_.filter_count()))) ReportNew(key);
}

// --- keys ---

KeyState* SampleEngine::FindOrAdd(uint32_t index) {
  KeyState* key = table_.Find(keys_.hash(index), keys_.key(index));
  return key != nullptr ? key : AddKey(keys_.hash(index), keys_.key(index));
}

KeyState* SampleEngine::AddKey(uint32_t hash, std::string_view bytes) {
  const size_t key_offset = kSampleOffset + sizeof(SampleKey);
  const size_t size = key_offset + bytes.size();
  void* memory = bytes.size() <= kMaxKeyBytes ? budget_.Allocate(size) : nullptr;
  if (memory == nullptr) return ++budget_.evicted_partials, nullptr;
  std::memset(memory, 0, key_offset);
  auto* key = static_cast<KeyState*>(memory);
  key->timer_ns = abi::kNoTime;
  key->hash = hash;
  key->key_size = static_cast<uint32_t>(bytes.size()) & INT32_MAX;
  Of(key).sets = kNoEvents;
  std::memcpy(static_cast<char*>(memory) + key_offset, bytes.data(), bytes.size());
  if (!table_.Insert(key)) {
    budget_.Free(memory, size);
    return ++budget_.evicted_partials, nullptr;
  }
  state_bytes_ += size;
  ++budget_.open_partials;
  return key;
}

void SampleEngine::FreeKey(KeyState* key) {
  ReleaseCandidates(key);
  KeyQueue::Remove(key);
  table_.Remove(key);
  const size_t size = kSampleOffset + sizeof(SampleKey) + key->key_size;
  state_bytes_ -= size;
  --budget_.open_partials;
  budget_.Free(key, size);
}

bool SampleEngine::EvictOldest(uint64_t& partials) {
  if (by_use_.empty()) return false;
  FreeKey(by_use_.front());
  ++partials;
  return true;
}

// --- candidates ---

SampleEngine::Candidate* SampleEngine::AddCandidate(CurrentEvent& event, KeyState* key) {
  EventRecord* record = budget_.Keep(event);
  void* memory = record != nullptr ? budget_.Allocate(sizeof(Candidate)) : nullptr;
  if (memory == nullptr) {
    if (record != nullptr) budget_.LetGo(record);
    return ++budget_.evicted_partials, nullptr;
  }
  SampleKey& sample = Of(key);
  record_ = record;
  sample.newest = new (memory) Candidate{record, sample.newest, clock_ns_, 0};
  state_bytes_ += sizeof(Candidate);
  touched_.push_back(key);
  return sample.newest;
}

void SampleEngine::Release(KeyState* key, Candidate** link) {
  Candidate* candidate = *link;
  *link = candidate->older;
  SampleKey& sample = Of(key);
  for (uint32_t f = 0; f < plan_.filter_count(); ++f) {
    if ((candidate->filters >> f & 1) != 0) --sample.counts[f];
  }
  budget_.LetGo(candidate->record);
  budget_.Free(candidate, sizeof(Candidate));
  state_bytes_ -= sizeof(Candidate);
}

void SampleEngine::ReleaseCandidates(KeyState* key) {
  while (Of(key).newest != nullptr) Release(key, &Of(key).newest);
}

void SampleEngine::ListCandidates(KeyState* key) {
  candidates_.clear();
  for (Candidate* c = Of(key).newest; c != nullptr; c = c->older) candidates_.push_back(c);
  std::reverse(candidates_.begin(), candidates_.end());
  masks_.clear();
  for (const Candidate* c : candidates_) masks_.push_back(c->filters);
}

// --- rules with a window ---

void SampleEngine::MoveWindow(std::optional<int64_t> timestamp_ns) {
  if (timestamp_ns) clock_ns_ = std::max(clock_ns_, *timestamp_ns);
  window_start_ns_ = clock_ns_ < INT64_MIN + plan_.window_ns ? INT64_MIN : clock_ns_ - plan_.window_ns;
  for (int i = 0; i < kExpiredPerEvent && !by_use_.empty() && Expired(by_use_.front()->timer_ns); ++i) {
    FreeKey(by_use_.front());
  }
}

void SampleEngine::Refresh(KeyState* key) {
  SampleKey& sample = Of(key);
  if (sample.reported > 0 && Expired(sample.reported_ns)) sample.reported = 0;
  Candidate** link = &sample.newest;
  while (*link != nullptr && !Expired((*link)->time_ns)) link = &(*link)->older;
  while (*link != nullptr) Release(key, link);
}

void SampleEngine::DropOldest(KeyState* key, uint32_t filter) {
  const FilterMask bit = FilterMask{1} << filter;
  Candidate** oldest = nullptr;
  for (Candidate** link = &Of(key).newest; *link != nullptr; link = &(*link)->older) {
    if (((*link)->filters & bit) != 0) oldest = link;
  }
  assert(oldest != nullptr);
  if ((*oldest)->filters == bit) return Release(key, oldest);
  (*oldest)->filters &= ~bit;
  --Of(key).counts[filter];
}

// --- samples ---

void SampleEngine::ReportNew(KeyState* key) {
  ListCandidates(key);
  SampleKey& sample = Of(key);
  const auto assignments = search_.WithLast(masks_, options_.max_per_key - sample.reported);
  sample.reported += static_cast<uint32_t>(assignments.size());
  sample.reported_ns = clock_ns_;
  for (const Assignment& assignment : assignments) Report(key, assignment);
  if (sample.reported == options_.max_per_key) {
    ReleaseCandidates(key);
    sample.sets = kNoEvents;
  }
}

void SampleEngine::Report(KeyState* key, const Assignment& assignment) {
  match_events_.clear();
  for (uint32_t f = 0; f < plan_.filter_count(); ++f) match_events_.push_back(candidates_[assignment[f]]->record);
  KeyToJson(table_.KeyOf(key), match_keys_);
  receiver_.OnMatch({plan_.rule, match_events_, match_keys_});
}

void SampleEngine::Finish() {
  if (!options_.at_finish) return;
  std::vector<KeyState*> complete;
  by_use_.ForEach([&](KeyState* key) {
    if (Covers(Of(key).sets, AllFilters(plan_.filter_count()))) complete.push_back(key);
  });
  std::sort(complete.begin(), complete.end(),
            [&](KeyState* a, KeyState* b) { return CompareKeys(table_.KeyOf(a), table_.KeyOf(b)) < 0; });
  for (KeyState* key : complete) {
    ListCandidates(key);
    for (const Assignment& assignment : search_.All(masks_, options_.max_per_key)) Report(key, assignment);
  }
}

}  // namespace eqlc
