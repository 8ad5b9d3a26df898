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
  explicit RangeTable(std::span<const uint64_t> keys, uint32_t first = 0) : slots_(std::bit_ceil(2 * keys.size() + 1)) {
    for (uint32_t i = 0; i < keys.size(); ++i) {
      Slot& slot = slots_[Place(keys[i])];
      if (slot.key == 0) slot = {keys[i], {first + i, 0}};
      ++slot.range.count;
    }
  }

  bool empty() const { return slots_.size() <= 1; }
  size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

  // Count 0 for a key that is not there.
  Range Find(uint64_t key) const noexcept {
    if (empty()) return {};
    return slots_[Place(key)].range;
  }

 private:
  struct Slot {
    uint64_t key = 0;  // 0: empty
    Range range;
  };

  // Where the key is or would be; at most half of the slots are taken.
  size_t Place(uint64_t key) const noexcept {
    const size_t mask = slots_.size() - 1;
    size_t at = key & mask;
    while (slots_[at].key != key && slots_[at].key != 0) at = (at + 1) & mask;
    return at;
  }

  std::vector<Slot> slots_;
};

}  // namespace eqlc
