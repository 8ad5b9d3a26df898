// PatternTable: which of many text patterns (prefixes, suffixes, parts) a text has, all at once. Every pattern is
// found by four of its bytes (two, if it has no more): one look-up for all prefixes, one for all suffixes, and a
// look-up at every other position for parts, most of which end at a bitmap of 1 KiB. Of the prefixes, or suffixes, that
// begin, or end, with the same bytes (`.exe`), those of a text are found by bisection.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/abi/image.h"
#include "runtime/value/range_table.h"

namespace eqlc {

// Immutable. Thread-safety: safe together.
class PatternTable {
 public:
  struct Pattern {
    abi::TestKind kind;  // kPrefix, kSuffix or kContains
    uint8_t skip;        // code points in front of a prefix, 0 or 1
    std::string text;    // folded; as long as abi/rule_index.h says
    uint32_t bit;
  };

  PatternTable() = default;
  explicit PatternTable(std::vector<Pattern> patterns);

  bool empty() const { return patterns_.empty(); }
  size_t bytes() const;

  // Appends the bits of the patterns that `text` has, in no order, some perhaps more than once. With a skip, a text
  // that does not begin with an ASCII character has every pattern. REQUIRES: `text` is folded.
  void Find(std::string_view text, std::vector<uint32_t>& bits) const;

 private:
  struct Entry {
    uint32_t text;  // offset in texts_
    uint32_t size;
    uint32_t gram_at;  // offset of the bytes it is found by
    uint32_t bit;
    uint32_t shorter;  // the longest other one that every text with this prefix, or suffix, has; abi::kNone: none
  };
  using GramTable = RangeTable;             // ranges of patterns_: those of one kind, found by grams of one size
  using BySize = std::array<GramTable, 2>;  // by two bytes, by four

  std::string_view TextOf(const Entry& entry) const { return {texts_.data() + entry.text, entry.size}; }
  template <typename Side>
  BySize MakeAnchored(const std::vector<Pattern>& patterns, abi::TestKind kind, uint8_t skip);
  // By gram, then by text from that end on; finds which have others.
  template <typename Side>
  void SortAnchored(std::vector<std::pair<uint64_t, Entry>>& entries) const;
  GramTable MakeContained(const std::vector<Pattern>& patterns);
  GramTable Add(const std::vector<std::pair<uint64_t, Entry>>& entries);
  Entry Store(const Pattern& pattern, size_t gram_at);

  void FindPrefixes(const BySize& tables, std::string_view text, std::vector<uint32_t>& bits) const;
  void FindSuffixes(std::string_view text, std::vector<uint32_t>& bits) const;
  // Of one gram's range.
  template <typename Side>
  void FindAnchored(RangeTable::Range range, std::string_view text, std::vector<uint32_t>& bits) const;
  void FindContained(std::string_view text, std::vector<uint32_t>& bits) const;
  void FindContainedAt(std::string_view text, size_t at, std::vector<uint32_t>& bits) const;

  std::vector<Entry> patterns_;
  std::string texts_;
  std::array<BySize, 2> prefixes_;  // [skip]
  BySize suffixes_;
  GramTable contained_;
  std::vector<uint64_t> contained_filter_;  // by hash of a gram's first or last three bytes; empty without patterns
  std::vector<uint32_t> skipping_;          // bits of the patterns with a skip
};

}  // namespace eqlc
