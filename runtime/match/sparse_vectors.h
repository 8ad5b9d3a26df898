// SparseVectors: bit vectors that are mostly zeros, each kept once and known by a number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/bits.h"

namespace eqlc {

// One word of a bit vector.
struct BitsAt {
  uint64_t word;
  uint64_t bits;
  bool operator==(const BitsAt&) const = default;
};
inline BitsAt BitAt(size_t bit) { return {bit / bits::kWordBits, bits::Mask(bit)}; }

// The words of `vector` that are not zero, in `sparse`.
void Squeeze(std::span<const uint64_t> vector, std::vector<BitsAt>& sparse);

// Thread-safety: as a standard container.
class SparseVectors {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // Numbers count from 0. `vector`: its words that are not zero, ascending.
  uint32_t Find(std::span<const BitsAt> vector) const;  // kNone when it is not kept
  uint32_t Add(std::span<const BitsAt> vector);

  // Valid until the next Add.
  std::span<const BitsAt> operator[](uint32_t number) const {
    return std::span(words_).subspan(ends_[number], ends_[number + 1] - ends_[number]);
  }
  uint32_t size() const { return static_cast<uint32_t>(ends_.size() - 1); }
  size_t bytes() const {
    return sizeof(BitsAt) * words_.capacity() + sizeof(uint32_t) * ends_.capacity() + sizeof(Slot) * slots_.capacity();
  }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t number = kNone;  // kNone: empty
  };

  // Where the vector is or would be.
  size_t Place(uint32_t hash, std::span<const BitsAt> vector) const;
  void Grow();

  std::vector<BitsAt> words_;         // of all vectors
  std::vector<uint32_t> ends_ = {0};  // of vectors, in words_
  std::vector<Slot> slots_;           // by hash; at most half are taken
};

}  // namespace eqlc
