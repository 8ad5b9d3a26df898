// PostingTable: from keys to sets of bits, kept as the few words that are not zero.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/match/range_table.h"

namespace eqlc {

// Immutable. Thread-safety: safe together.
class PostingTable {
 public:
  struct Entry {
    uint64_t key;  // not 0
    uint32_t bit;
    auto operator<=>(const Entry&) const = default;
  };

  PostingTable() = default;
  explicit PostingTable(std::vector<Entry> entries);

  bool empty() const { return postings_.empty(); }
  size_t bytes() const { return table_.bytes() + postings_.capacity() * sizeof(Posting); }

  // Sets the key's bits in `bits`.
  void Or(uint64_t key, uint64_t* bits) const noexcept {
    const RangeTable::Range range = table_.Find(key);
    for (uint32_t i = range.first; i < range.first + range.count; ++i) bits[postings_[i].word] |= postings_[i].bits;
  }

 private:
  struct Posting {
    uint64_t bits;
    uint32_t word;
  };

  RangeTable table_;
  std::vector<Posting> postings_;
};

}  // namespace eqlc
