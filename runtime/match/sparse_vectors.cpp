// Tested by tests/unit/runtime/match/sparse_vectors_test.cpp.
#include "runtime/match/sparse_vectors.h"

#include <algorithm>
#include <utility>

namespace eqlc {
namespace {

constexpr size_t kFirstSlots = 16;

// A sum, so that the multiplications of one word do not wait for those of another.
uint32_t Hash(std::span<const BitsAt> vector) {
  uint64_t sum = 0;
  for (const BitsAt& at : vector) {
    uint64_t mixed = (at.bits ^ at.word * 0xC2B2AE3D27D4EB4F) * 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
    mixed ^= mixed >> 32;
    sum += mixed * 0xD6E8FEB86659FD93;
  }
  return static_cast<uint32_t>(sum >> 32);
}

}  // namespace

void Squeeze(std::span<const uint64_t> vector, std::vector<BitsAt>& sparse) {
  sparse.resize(vector.size());
  size_t count = 0;
  for (size_t word = 0; word < vector.size(); ++word) {
    sparse[count] = {word, vector[word]};
    count += vector[word] != 0 ? 1 : 0;
  }
  sparse.resize(count);
}

uint32_t SparseVectors::Find(std::span<const BitsAt> vector) const {
  return slots_.empty() ? kNone : slots_[Place(Hash(vector), vector)].number;
}

uint32_t SparseVectors::Add(std::span<const BitsAt> vector) {
  if (2 * (size_t{size()} + 1) > slots_.size()) Grow();
  const uint32_t hash = Hash(vector);
  Slot& slot = slots_[Place(hash, vector)];
  if (slot.number != kNone) return slot.number;
  slot = {hash, size()};
  words_.insert(words_.end(), vector.begin(), vector.end());
  ends_.push_back(static_cast<uint32_t>(words_.size()));
  return slot.number;
}

size_t SparseVectors::Place(uint32_t hash, std::span<const BitsAt> vector) const {
  const size_t mask = slots_.size() - 1;
  const auto is_it = [&](const Slot& slot) {
    return slot.hash == hash && std::ranges::equal((*this)[slot.number], vector);
  };
  size_t at = hash & mask;
  while (slots_[at].number != kNone && !is_it(slots_[at])) at = (at + 1) & mask;
  return at;
}

void SparseVectors::Grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(std::max(kFirstSlots, 2 * slots_.size())));
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == kNone) continue;
    size_t at = slot.hash & mask;
    while (slots_[at].number != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace eqlc
