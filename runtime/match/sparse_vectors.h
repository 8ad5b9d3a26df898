// SparseVectors: bit vectors that are mostly zeros, each kept once and known by a number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace eqlc {

// One word of a bit vector.
struct BitsAt {
  uint64_t word;
  uint64_t bits;
  bool operator==(const BitsAt&) const = default;
};

// Thread-safety: as a standard container.
class SparseVectors {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // Numbers count from 0.
  uint32_t Find(std::span<const uint64_t> vector);  // kNone when it is not kept
  uint32_t Add(std::span<const uint64_t> vector);

  // The words of a vector that are not zero, ascending. Valid until the next Add.
  std::span<const BitsAt> operator[](uint32_t number) const {
    return std::span(words_).subspan(ends_[number], ends_[number + 1] - ends_[number]);
  }
  uint32_t size() const { return static_cast<uint32_t>(ends_.size() - 1); }
  size_t bytes() const {
    return sizeof(BitsAt) * words_.capacity() + sizeof(uint32_t) * (ends_.capacity() + slots_.capacity());
  }

 private:
  // Where the number of sparse_ is or would be.
  size_t Place(std::span<const BitsAt> sparse) const;
  void Squeeze(std::span<const uint64_t> vector);
  void Grow();

  std::vector<BitsAt> words_;         // of all vectors
  std::vector<uint32_t> ends_ = {0};  // of vectors, in words_
  std::vector<uint32_t> slots_;       // numbers by hash, or kNone; at most half are taken
  std::vector<BitsAt> sparse_;        // the vector at hand
};

}  // namespace eqlc
