#include "runtime/keys/key_table.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace eqlc {
namespace {

constexpr size_t kFirstBuckets = 8;
// A table doubles beyond it, so a bucket costs 4 to 8 bytes a key; a key is found behind one other at most, on average.
constexpr size_t kKeysPerBucket = 2;
// Per insertion; the old table is empty long before the new one, twice as large, is full.
constexpr size_t kMovedPerInsert = 2;
// A table with fewer keys than a quarter of its buckets is halved. What is moved with each removal is enough for the
// old table to be empty when half of the keys are gone.
constexpr size_t kSparse = 4;
constexpr size_t kMovedPerRemoval = 8;
// Buckets whose memory goes back at once: some 10 us for the system.
constexpr size_t kPiece = 8'192;
constexpr size_t kPieceBytes = kPiece * sizeof(abi::KeyState*);

// Null pointers. From a piece on they come from the system, not from malloc: that would write zeros to all of them at
// once where it uses memory again, and keep what is given back.
abi::KeyState** AllocateHeads(size_t count) {
  if (count < kPiece) return static_cast<abi::KeyState**>(std::calloc(count, sizeof(abi::KeyState*)));
  void* const map =
      mmap(nullptr, count * sizeof(abi::KeyState*), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return map == MAP_FAILED ? nullptr : static_cast<abi::KeyState**>(map);
}

void FreeHeads(abi::KeyState** heads, size_t count) {
  if (count < kPiece) return std::free(heads);
  munmap(heads, count * sizeof(abi::KeyState*));
}

}  // namespace

using abi::KeyState;

KeyTable::~KeyTable() {
  Release(now_);
  Release(old_);
}

bool KeyTable::Allocate(Buckets& buckets, size_t count) {
  buckets.heads = AllocateHeads(count);
  if (buckets.heads == nullptr) return false;
  buckets.count = count;
  budget_.Charge(count * sizeof(KeyState*));
  return true;
}

void KeyTable::Release(Buckets& buckets) {
  FreeHeads(buckets.heads, buckets.count);
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

bool KeyTable::Resize(size_t count) {
  Buckets buckets;
  if (!Allocate(buckets, count)) return false;
  old_ = std::exchange(now_, buckets);
  moved_ = 0;
  return true;
}

bool KeyTable::Grow() {
  if (old_.count > 0) MoveSome(old_.count);
  return Resize(now_.count == 0 ? kFirstBuckets : now_.count * 2) || now_.count > 0;
}

// Small tables stay: their last buckets go with the last key.
void KeyTable::ShrinkIfSparse() {
  if (old_.count == 0 && now_.count > kPiece && size_ < now_.count / kSparse) Resize(now_.count / 2);
}

void KeyTable::MoveSome(size_t buckets) {
  const size_t first = moved_;
  const size_t end = std::min(moved_ + buckets, old_.count);
  while (moved_ < end) {
    KeyState* state = std::exchange(old_.heads[moved_++], nullptr);
    while (state != nullptr) {
      KeyState* const next = state->next;
      state->next = std::exchange(now_[state->hash], state);
      state = next;
    }
  }
  // They are empty and stay so.
  const size_t dropped = first / kPiece, droppable = moved_ / kPiece;
  if (dropped < droppable) madvise(old_.heads + dropped * kPiece, (droppable - dropped) * kPieceBytes, MADV_DONTNEED);
  if (moved_ == old_.count) Release(old_);
}

bool KeyTable::Insert(KeyState* state) {
  if (size_ >= now_.count * kKeysPerBucket && !Grow()) return false;
  if (old_.count > 0) MoveSome(kMovedPerInsert);
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
  if (--size_ > 0) {
    ShrinkIfSparse();
    if (old_.count > 0) MoveSome(kMovedPerRemoval);
    return;
  }
  Release(now_);
  Release(old_);
}

size_t KeyTable::bucket_bytes() const { return (now_.count + old_.count) * sizeof(KeyState*); }

}  // namespace eqlc
