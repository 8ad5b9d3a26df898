// RangeTable: from keys to ranges of a sorted array. One cache line a look-up, most of the time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace eqlc {

// Immutable. Thread-safety: safe together.
class RangeTable {
 public:
  struct Range {
    uint32_t first = 0;
    uint32_t count = 0;
  };

  RangeTable() = default;
  // `keys` are those of the array's elements from `first` on, equal ones side by side. No key is 0.
  explicit RangeTable(std::span<const uint64_t> keys, uint32_t first = 0)
      : filter_(std::bit_ceil(keys.size() / kKeysPerFilterWord + 1)), slots_(std::bit_ceil(2 * keys.size() + 1)) {
    for (uint32_t i = 0; i < keys.size(); ++i) {
      FilterWord(keys[i]) |= FilterBit(keys[i]);
      Slot& slot = slots_[Place(keys[i])];
      if (slot.key == 0) slot = {keys[i], {first + i, 0}};
      ++slot.range.count;
    }
  }

  bool empty() const { return slots_.size() <= 1; }
  size_t bytes() const { return filter_.capacity() * sizeof(uint64_t) + slots_.capacity() * sizeof(Slot); }

  // Count 0 for a key that is not there.
  Range Find(uint64_t key) const noexcept {
    if (empty() || (FilterWord(key) & FilterBit(key)) == 0) return {};
    return slots_[Place(key)].range;
  }

 private:
  struct Slot {
    uint64_t key = 0;  // 0: empty
    Range range;
  };

  static constexpr size_t kKeysPerFilterWord = 4;

  // Bits of the key that its place does not depend on.
  const uint64_t& FilterWord(uint64_t key) const noexcept { return filter_[(key >> 38) & (filter_.size() - 1)]; }
  uint64_t& FilterWord(uint64_t key) noexcept { return filter_[(key >> 38) & (filter_.size() - 1)]; }
  static uint64_t FilterBit(uint64_t key) noexcept { return uint64_t{1} << (key >> 32 & 63); }

  // Where the key is or would be; at most half of the slots are taken.
  size_t Place(uint64_t key) const noexcept {
    const size_t mask = slots_.size() - 1;
    size_t at = key & mask;
    while (slots_[at].key != key && slots_[at].key != 0) at = (at + 1) & mask;
    return at;
  }

  // Most keys that are looked up are not there. A bit each, at most one in sixteen of them set, tells so for nearly
  // all, in a place small enough to stay in the cache.
  std::vector<uint64_t> filter_;
  std::vector<Slot> slots_;
};

}  // namespace eqlc
