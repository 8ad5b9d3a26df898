// PostingTable: from keys to sets of bits, kept as the few words that are not zero.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/match/sparse_vectors.h"
#include "runtime/value/range_table.h"

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

  size_t bytes() const { return table_.bytes() + lists_.capacity() * 4 + postings_.capacity() * sizeof(BitsAt); }

  // The number of the key's set, from 1; 0 for a key without one.
  uint32_t Find(uint64_t key) const noexcept {
    const RangeTable::Range range = table_.Find(key);
    return range.first + range.count;
  }
  // Appends the bits of the key's set. No key is 0.
  void AddTo(uint64_t key, std::vector<uint32_t>& found) const;
  // The set of a number but 0.
  std::span<const BitsAt> Set(uint32_t number) const {
    return std::span(postings_).subspan(lists_[number - 1], lists_[number] - lists_[number - 1]);
  }

 private:
  RangeTable table_;             // of lists_, one a key
  std::vector<uint32_t> lists_;  // where they begin in postings_, and the end of the last
  std::vector<BitsAt> postings_;
};

}  // namespace eqlc
