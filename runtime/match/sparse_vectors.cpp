// Tested by tests/unit/runtime/match/sparse_vectors_test.cpp.
#include "runtime/match/sparse_vectors.h"

#include <algorithm>

namespace eqlc {
namespace {

constexpr size_t kFirstSlots = 16;

uint64_t Hash(std::span<const BitsAt> sparse) {
  uint64_t hash = 0;
  for (const BitsAt& at : sparse) {
    hash = (hash ^ at.word ^ at.bits) * 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace

uint32_t SparseVectors::Find(std::span<const uint64_t> vector) {
  if (slots_.empty()) return kNone;
  Squeeze(vector);
  return slots_[Place(sparse_)];
}

uint32_t SparseVectors::Add(std::span<const uint64_t> vector) {
  if (2 * (size_t{size()} + 1) > slots_.size()) Grow();
  Squeeze(vector);
  uint32_t& number = slots_[Place(sparse_)];
  if (number != kNone) return number;
  number = size();
  words_.insert(words_.end(), sparse_.begin(), sparse_.end());
  ends_.push_back(static_cast<uint32_t>(words_.size()));
  return number;
}

size_t SparseVectors::Place(std::span<const BitsAt> sparse) const {
  const size_t mask = slots_.size() - 1;
  size_t at = Hash(sparse) & mask;
  while (slots_[at] != kNone && !std::ranges::equal((*this)[slots_[at]], sparse)) at = (at + 1) & mask;
  return at;
}

void SparseVectors::Squeeze(std::span<const uint64_t> vector) {
  sparse_.clear();
  for (size_t word = 0; word < vector.size(); ++word) {
    if (vector[word] != 0) sparse_.push_back({word, vector[word]});
  }
}

void SparseVectors::Grow() {
  slots_.assign(std::max(kFirstSlots, 2 * slots_.size()), kNone);
  for (uint32_t number = 0; number < size(); ++number) slots_[Place((*this)[number])] = number;
}

}  // namespace eqlc
