// TableMatcher: a small automaton as a table of states and symbols, which takes one look-up a symbol, and less where a
// text stays in a state.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/value/regex_automaton.h"
#include "runtime/value/regex_symbols.h"
#include "runtime/value/words.h"

namespace eqlc::regex {

// The bytes that lead out of a state, where they are few: texts mostly stay in a state for long, and nothing else has
// to be looked at.
class Exits {
 public:
  // `leads_out`: by byte, below 0x80. `non_ascii`: some symbol beyond leads out, too.
  Exits(const std::array<bool, 0x80>& leads_out, bool non_ascii) : non_ascii_(non_ascii) {
    for (size_t byte = 0; byte < leads_out.size(); ++byte) {
      const bool is_upper = 'A' <= byte && byte <= 'Z';
      if (!leads_out[byte] || (is_upper && leads_out[byte | 0x20])) continue;  // goes with its lower case
      const bool is_lower = 'a' <= byte && byte <= 'z';
      if (count_ < kMost)
        bytes_[count_] = words::Wanted::Of(static_cast<char>(byte), is_lower && leads_out[byte ^ 0x20]);
      ++count_;
    }
  }

  bool are_few() const { return count_ <= kMost; }

  // The first of them from `at` on, or a place in the last kBlock bytes, from where on there may be some. REQUIRES:
  // are_few().
  const char* Find(const char* at, const char* end) const {
    for (; end - at >= kBlock; at += kBlock) {
      uint32_t found = non_ascii_ ? words::FindNonAscii16(at) : 0;
      for (size_t i = 0; i < count_; ++i) found |= words::FindBytes16(at, bytes_[i]);
      if (found != 0) return at + std::countr_zero(found);
    }
    return at;
  }

 private:
  static constexpr size_t kMost = 3;
  static constexpr ptrdiff_t kBlock = 16;

  std::array<words::Wanted, kMost> bytes_;
  uint8_t count_ = 0;  // at most kMost + 1
  bool non_ascii_;
};

// Immutable. Thread-safety: safe together.
class TableMatcher {
 public:
  TableMatcher(const Dfa& dfa, const Alphabet& alphabet);

  bool Matches(std::string_view text) const noexcept;

 private:
  using Row = uint32_t;                     // where a state's row begins in next_
  static constexpr Row kMany = UINT32_MAX;  // the state has no Exits

  Row RowAt(size_t number) const { return static_cast<Row>(number * (columns_ + 1)); }
  void AddExits(Row row);
  const char* Stay(Row row, const char* at, const char* end) const noexcept;

  std::vector<uint32_t> column_of_atom_;
  uint32_t columns_;
  SymbolMap symbols_;
  std::vector<Row> next_;  // a row is the columns and, behind them, where the state's exits are
  std::vector<Exits> exits_;
  Row start_ = 0;
  Row first_decided_ = 0;
  std::vector<bool> accepting_;  // by number of the row
};

}  // namespace eqlc::regex
