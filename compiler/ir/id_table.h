// IdTable: which elements of a list have a hash, for lists that only grow. The list itself has the elements, so that
// one look at the table, and one at the list, tell whether an element is there. Tested by
// tests/unit/compiler/ir/id_table_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace eqlc::ir {

class IdTable {
 public:
  static constexpr uint32_t kNotThere = UINT32_MAX;

  bool empty() const { return count_ == 0; }

  // The id that was added with this hash and for which `is_same(id)` holds, or kNotThere.
  template <typename IsSame>
  uint32_t Find(uint64_t hash, const IsSame& is_same) const {
    if (slots_.empty()) return kNotThere;
    for (size_t at = PlaceOf(hash) & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.id == kNotThere) return kNotThere;
      if (slot.hash == static_cast<uint32_t>(hash >> 32) && is_same(slot.id)) return slot.id;
    }
  }

  // REQUIRES: it is not there.
  void Add(uint64_t hash, uint32_t id) {
    if (2 * (count_ + 1) > slots_.size()) Grow();
    Put({PlaceOf(hash), static_cast<uint32_t>(hash >> 32), id});
    ++count_;
  }

 private:
  struct Slot {
    uint32_t place = 0;  // where it would like to be
    uint32_t hash = 0;   // the upper half
    uint32_t id = kNotThere;
  };

  static uint32_t PlaceOf(uint64_t hash) { return static_cast<uint32_t>(hash ^ hash >> 32); }
  size_t mask() const { return slots_.size() - 1; }

  void Put(const Slot& slot) {
    size_t at = slot.place & mask();
    while (slots_[at].id != kNotThere) at = (at + 1) & mask();
    slots_[at] = slot;
  }

  void Grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 64 : 2 * slots_.size()));
    for (const Slot& slot : old) {
      if (slot.id != kNotThere) Put(slot);
    }
  }

  std::vector<Slot> slots_;  // a power of two, at most half of them taken
  size_t count_ = 0;
};

}  // namespace eqlc::ir
