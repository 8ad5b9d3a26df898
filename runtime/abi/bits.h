// Sets of small numbers, 64 to a word: bit n of the set is bit n % 64 of word n / 64.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace eqlc::bits {

inline constexpr size_t kWordBits = 64;

inline constexpr size_t WordsFor(size_t size) { return (size + kWordBits - 1) / kWordBits; }
inline constexpr uint64_t Mask(size_t bit) { return uint64_t{1} << bit % kWordBits; }

inline bool Has(const uint64_t* words, size_t bit) { return (words[bit / kWordBits] & Mask(bit)) != 0; }
inline void Set(uint64_t* words, size_t bit) { words[bit / kWordBits] |= Mask(bit); }

inline size_t Count(std::span<const uint64_t> words) {
  size_t count = 0;
  for (const uint64_t word : words) count += static_cast<size_t>(std::popcount(word));
  return count;
}

}  // namespace eqlc::bits
