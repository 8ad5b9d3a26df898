#include "runtime/keys/budget.h"

#include <algorithm>

namespace eqlc {
namespace {

// Room for what one event adds before the limit is enforced: kMaxKeysPerEvent keys for each of many items.
constexpr size_t kOvershoot = 16u << 20;
// Slabs may be half empty for a while, but not so that they outgrow the limit by more than this.
constexpr size_t kSlabSlack = 16u << 20;
// Partials evicted before the largest rule is looked for again.
constexpr int kEvictionBatch = 64;

}  // namespace

void* StateBudget::Allocate(size_t size) noexcept {
  if (used_bytes > max_bytes && used_bytes - max_bytes > kOvershoot) return nullptr;
  void* object = pool_.Allocate(size);
  if (object != nullptr) Charge(SlabPool::Footprint(size));
  return object;
}

void StateBudget::Free(void* object, size_t size) noexcept {
  SlabPool::Free(object, size);
  Discharge(SlabPool::Footprint(size));
}

EventRecord* StateBudget::Keep(CurrentEvent& event) noexcept {
  EventRecord* record = event.Retain();
  if (record != nullptr && record->AddKeeper() == 0) Charge(SlabPool::Footprint(record->bytes()));
  return record;
}

EventRecord* StateBudget::Share(EventRecord* record) noexcept {
  record->Ref();
  record->AddKeeper();
  return record;
}

void StateBudget::LetGo(EventRecord* record) noexcept {
  if (record->DropKeeper() == 0) Discharge(SlabPool::Footprint(record->bytes()));
  record->Unref();
}

bool StateBudget::exceeded() const {
  return used_bytes > max_bytes || (pool_.slab_bytes() > kSlabSlack && pool_.slab_bytes() - kSlabSlack > max_bytes);
}

void StateBudget::Unregister(StateOwner& owner) {
  std::erase(owners_, &owner);
  if (victim_ == &owner) victim_ = nullptr;
}

StateOwner* StateBudget::Largest() const {
  const auto smaller = [](const StateOwner* a, const StateOwner* b) { return a->state_bytes() < b->state_bytes(); };
  const auto largest = std::max_element(owners_.begin(), owners_.end(), smaller);
  return largest != owners_.end() ? *largest : nullptr;
}

// With the memory full, every rule that an event reaches ends up here: looking through all rules each time would cost
// the square of their number per event.
bool StateBudget::EvictOne() {
  if (victim_ == nullptr || victim_turns_ == 0) {
    victim_ = Largest();
    victim_turns_ = kEvictionBatch;
  }
  --victim_turns_;
  if (victim_ != nullptr && victim_->EvictOldest(evicted_partials)) return true;
  victim_ = nullptr;
  return std::ranges::any_of(owners_, [&](StateOwner* owner) { return owner->EvictOldest(evicted_partials); });
}

void StateBudget::Enforce() {
  while (exceeded() && EvictOne()) {
  }
}

}  // namespace eqlc
