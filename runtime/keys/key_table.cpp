#include "runtime/keys/key_table.h"

#include <cstdlib>
#include <utility>

namespace eqlc {
namespace {

constexpr size_t kFirstBuckets = 8;
// Per insertion; the old table is empty long before the new one, twice as large, is full.
constexpr size_t kMovedPerInsert = 4;

}  // namespace

using abi::KeyState;

KeyTable::~KeyTable() {
  Release(now_);
  Release(old_);
}

bool KeyTable::Allocate(Buckets& buckets, size_t count) {
  buckets.heads = static_cast<KeyState**>(std::calloc(count, sizeof(KeyState*)));
  if (buckets.heads == nullptr) return false;
  buckets.count = count;
  budget_.Charge(count * sizeof(KeyState*));
  return true;
}

void KeyTable::Release(Buckets& buckets) {
  std::free(buckets.heads);
  budget_.Discharge(buckets.count * sizeof(KeyState*));
  buckets = {};
}

KeyState* KeyTable::FindIn(const Buckets& buckets, uint32_t hash, std::string_view key) const {
  if (buckets.count == 0) return nullptr;
  KeyState* state = buckets[hash];
  while (state != nullptr && !(state->hash == hash && KeyOf(state) == key)) state = state->next;
  return state;
}

KeyState* KeyTable::Find(uint32_t hash, std::string_view key) const {
  KeyState* const state = FindIn(now_, hash, key);
  return state != nullptr || old_.count == 0 ? state : FindIn(old_, hash, key);
}

bool KeyTable::Grow() {
  while (old_.count > 0) MoveSome();
  Buckets larger;
  if (!Allocate(larger, now_.count == 0 ? kFirstBuckets : now_.count * 2)) return now_.count > 0;
  old_ = std::exchange(now_, larger);
  moved_ = 0;
  return true;
}

void KeyTable::MoveSome() {
  for (size_t i = 0; i < kMovedPerInsert && moved_ < old_.count; ++i) {
    KeyState* state = std::exchange(old_.heads[moved_++], nullptr);
    while (state != nullptr) {
      KeyState* const next = state->next;
      state->next = std::exchange(now_[state->hash], state);
      state = next;
    }
  }
  if (moved_ == old_.count) Release(old_);
}

bool KeyTable::Insert(KeyState* state) {
  if (size_ >= now_.count && !Grow()) return false;
  if (old_.count > 0) MoveSome();
  state->next = std::exchange(now_[state->hash], state);
  ++size_;
  return true;
}

bool KeyTable::RemoveFrom(const Buckets& buckets, KeyState* state) {
  if (buckets.count == 0) return false;
  KeyState** link = &buckets[state->hash];
  while (*link != nullptr && *link != state) link = &(*link)->next;
  if (*link == nullptr) return false;
  *link = state->next;
  return true;
}

void KeyTable::Remove(KeyState* state) {
  if (!RemoveFrom(now_, state)) RemoveFrom(old_, state);
  if (--size_ > 0) return;
  Release(now_);
  Release(old_);
}

size_t KeyTable::bucket_bytes() const { return (now_.count + old_.count) * sizeof(KeyState*); }

}  // namespace eqlc
