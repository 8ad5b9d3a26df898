// SampleEngine: the state of one sample rule. For each join key it keeps, for every filter, the first few events that
// match it, until they can be told apart: each filter has an event of its own (docs/semantics.md section 6).
//
//   KeyTable --> KeyState | SampleKey { sets, counts, newest } | key bytes |
//                  ^ links: queue by last use                    |
//                                                                v
//                  Candidate { record, filters } --> older one --> ...
//
// Invariants between events:
//   1. Of n filters that may give m samples per key, each has at most n + m - 1 candidates. These suffice: a filter
//   that
//      has so many finds m that the n - 1 others leave it, and a filter that has fewer has seen all there are.
//   2. SampleKey::sets says which sets of filters the candidates can serve; a key is complete when that is all of them.
//   3. A key that has given m samples is done: it has no candidates, and stays to say so until it is evicted.
//
// A rule with a window (docs/semantics.md section 6) forgets candidates, and that a key is done, when the window has
// passed; so it keeps the last candidates of a filter rather than the first. Time is the largest timestamp seen when an
// event arrives: a late event gets its window, too.
//
// Tested by tests/unit/runtime/sample/sample_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/abi/frame.h"
#include "runtime/abi/sequence.h"
#include "runtime/event/event_record.h"
#include "runtime/keys/budget.h"
#include "runtime/keys/key.h"
#include "runtime/keys/key_queue.h"
#include "runtime/keys/key_table.h"
#include "runtime/keys/match.h"
#include "runtime/sample/plan.h"
#include "runtime/sample/representatives.h"

namespace eqlc {

struct SampleOptions {
  uint32_t max_per_key = 1;  // 1 to limits::kMaxSamplesPerKey
  bool at_finish = false;    // false: samples are reported as they come about; true: by Finish, in order of keys
};

// Thread-safety: none.
class SampleEngine final : private StateOwner {
 public:
  // `budget` and `receiver` must outlive the engine.
  SampleEngine(SamplePlan plan, SampleOptions options, StateBudget& budget, MatchReceiver& receiver);
  ~SampleEngine();
  SampleEngine(const SampleEngine&) = delete;
  SampleEngine& operator=(const SampleEngine&) = delete;

  // Feeds one event that matches `filters`.
  void Advance(CurrentEvent& event, std::optional<int64_t> timestamp_ns, const abi::EventFrame& frame,
               FilterMask filters);
  // End of input. Call once.
  void Finish();

  size_t key_count() const { return table_.size(); }

 private:
  struct Candidate;
  struct SampleKey;

  static SampleKey& Of(abi::KeyState* key);

  void Offer(CurrentEvent& event, uint32_t index, uint32_t filter);
  // Reports or notes what the current event has changed.
  void Settle(abi::KeyState* key);
  abi::KeyState* FindOrAdd(uint32_t index);
  abi::KeyState* AddKey(uint32_t hash, std::string_view bytes);
  void FreeKey(abi::KeyState* key);
  // The current event as newest candidate of the key; null when memory is out.
  Candidate* AddCandidate(CurrentEvent& event, abi::KeyState* key);
  // Takes the candidate at `link` out of the key's list.
  void Release(abi::KeyState* key, Candidate** link);
  void ReleaseCandidates(abi::KeyState* key);

  // --- rules with a window ---
  bool windowed() const { return plan_.window_ns >= 0 && !options_.at_finish; }
  bool Expired(int64_t time_ns) const { return time_ns < window_start_ns_; }
  void MoveWindow(std::optional<int64_t> timestamp_ns);
  // Drops what the key has of times before the window.
  void Refresh(abi::KeyState* key);
  void DropOldest(abi::KeyState* key, uint32_t filter);

  // Reports what the newest candidate makes possible.
  void ReportNew(abi::KeyState* key);
  // Fills candidates_ and masks_, oldest first.
  void ListCandidates(abi::KeyState* key);
  void Report(abi::KeyState* key, const Assignment& assignment);

  // StateOwner.
  bool EvictOldest(uint64_t& partials) override;
  size_t state_bytes() const override { return state_bytes_ + table_.bucket_bytes(); }

  const SamplePlan plan_;
  const SampleOptions options_;
  const uint32_t max_candidates_;  // per filter and key
  StateBudget& budget_;
  MatchReceiver& receiver_;

  KeyTable table_;
  KeyQueue by_use_;
  size_t state_bytes_ = 0;  // of keys and candidates
  RepresentativeSearch search_;
  int64_t clock_ns_ = abi::kNoTime;
  int64_t window_start_ns_ = abi::kNoTime;

  // Of the current event.
  KeySet keys_;
  const EventRecord* record_ = nullptr;  // null until some key keeps it
  std::vector<abi::KeyState*> touched_;  // keys that keep it
  // Of the key that is looked at.
  std::vector<Candidate*> candidates_;
  std::vector<FilterMask> masks_;
  std::vector<EventRecord*> match_events_;
  std::vector<std::string> match_keys_;
};

}  // namespace eqlc
