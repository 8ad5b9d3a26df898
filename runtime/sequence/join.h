// JoinEngine: python-eql's `join` (docs/semantics.md section 11.5). For each join key it keeps the first event of every
// item, in whatever order they come; when all items have one, that is a match and the key begins anew. `until` forgets
// the key. Tested by tests/unit/compiler/python/sequence_test.cpp.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/abi/frame.h"
#include "runtime/event/event_record.h"
#include "runtime/keys/budget.h"
#include "runtime/keys/key.h"
#include "runtime/keys/key_hash.h"
#include "runtime/keys/match.h"
#include "runtime/sequence/item_set.h"
#include "runtime/sequence/plan.h"

namespace eqlc {

// One join rule of a session. Thread-safety: none.
class JoinEngine final : public StateOwner {
 public:
  // `budget` and `receiver` must outlive the engine.
  JoinEngine(SequencePlan plan, StateBudget& budget, MatchReceiver& receiver);
  ~JoinEngine();
  JoinEngine(const JoinEngine&) = delete;
  JoinEngine& operator=(const JoinEngine&) = delete;

  // Feeds one event that matches the items of `hits` (`until` behind the last), in order of arrival.
  void Advance(CurrentEvent& event, const abi::EventFrame& frame, const ItemSet& hits);

  // StateOwner.
  bool EvictOldest(uint64_t& partials) override;
  size_t state_bytes() const override { return bytes_; }

 private:
  struct KeyHasher {
    size_t operator()(const std::string& key) const noexcept { return KeyedHash(key); }
  };
  struct Group {
    std::vector<EventRecord*> events;                // by item; null: none yet
    std::list<const std::string*>::iterator in_age;  // its place in by_age_
  };
  using Groups = std::unordered_map<std::string, Group, KeyHasher>;

  void Hit(CurrentEvent& event, uint32_t item, std::string_view key);
  Groups::iterator FindOrAdd(std::string_view key);
  void Report(Groups::iterator group);
  // Returns how many events it held.
  uint64_t Erase(Groups::iterator group);
  size_t BytesOf(const std::string& key) const;

  const SequencePlan plan_;
  StateBudget& budget_;
  MatchReceiver& receiver_;
  Groups groups_;
  std::list<const std::string*> by_age_;  // keys of groups_, oldest first
  size_t bytes_ = 0;
  KeySet keys_;
  std::vector<std::string> match_keys_;
};

}  // namespace eqlc
