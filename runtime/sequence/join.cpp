#include "runtime/sequence/join.h"

#include <algorithm>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// Of a group without its key and events: nodes of the map and the list, and the vector's head.
constexpr size_t kGroupBytes = 160;

}  // namespace

JoinEngine::JoinEngine(SequencePlan plan, StateBudget& budget, MatchReceiver& receiver)
    : plan_(std::move(plan)), budget_(budget), receiver_(receiver) {
  budget_.Register(*this);
}

JoinEngine::~JoinEngine() {
  uint64_t dropped = 0;
  while (EvictOldest(dropped)) {
  }
  budget_.Unregister(*this);
}

void JoinEngine::Advance(CurrentEvent& event, const abi::EventFrame& frame, const ItemSet& hits) {
  if (plan_.has_until() && hits[plan_.item_count]) {
    keys_.Extract(plan_.key_lists[plan_.items[plan_.item_count].key_list], frame);
    for (size_t k = 0; k < keys_.size(); ++k) {
      if (const auto group = groups_.find(std::string(keys_.key(k))); group != groups_.end()) Erase(group);
    }
  }
  for (uint32_t item = 0; item < plan_.item_count; ++item) {
    if (!hits[item]) continue;
    keys_.Extract(plan_.key_lists[plan_.items[item].key_list], frame);
    for (size_t k = 0; k < keys_.size(); ++k) Hit(event, item, keys_.key(k));
  }
  while (groups_.size() > limits::kMaxKeysPerRule && EvictOldest(budget_.evicted_partials)) {
  }
  budget_.Enforce();
}

void JoinEngine::Hit(CurrentEvent& event, uint32_t item, std::string_view key) {
  const auto group = FindOrAdd(key);
  EventRecord*& place = group->second.events[item];
  if (place != nullptr) return;
  place = budget_.Keep(event);
  if (place == nullptr) {
    ++budget_.evicted_partials;
    return;
  }
  ++budget_.open_partials;
  const auto& events = group->second.events;
  if (std::find(events.begin(), events.end(), nullptr) == events.end()) Report(group);
}

JoinEngine::Groups::iterator JoinEngine::FindOrAdd(std::string_view key) {
  const auto [group, added] = groups_.try_emplace(std::string(key));
  if (!added) return group;
  group->second.events.assign(plan_.item_count, nullptr);
  group->second.in_age = by_age_.insert(by_age_.end(), &group->first);
  bytes_ += BytesOf(group->first);
  budget_.Charge(BytesOf(group->first));
  return group;
}

void JoinEngine::Report(Groups::iterator group) {
  KeyToJson(group->first, match_keys_);
  receiver_.OnMatch({plan_.rule, group->second.events, match_keys_});
  Erase(group);
}

uint64_t JoinEngine::Erase(Groups::iterator group) {
  uint64_t held = 0;
  for (EventRecord* event : group->second.events) {
    if (event == nullptr) continue;
    budget_.LetGo(event);
    ++held;
  }
  budget_.open_partials -= held;
  bytes_ -= BytesOf(group->first);
  budget_.Discharge(BytesOf(group->first));
  by_age_.erase(group->second.in_age);
  groups_.erase(group);
  return held;
}

size_t JoinEngine::BytesOf(const std::string& key) const {
  return kGroupBytes + key.size() + plan_.item_count * sizeof(EventRecord*);
}

bool JoinEngine::EvictOldest(uint64_t& partials) {
  if (by_age_.empty()) return false;
  partials += Erase(groups_.find(*by_age_.front()));
  return true;
}

}  // namespace eqlc
