// PositionMatcher: an automaton whose table would be too large, run with a bit for each of its positions. A position is
// a place of the pattern that takes a symbol (Glushkov's construction). Most lead to themselves and the next one alone,
// so that one shift is a step of 64 positions; the others have a row of bits each.
//
//   .*a.{2}c      positions   0 .*   1 a   2 .   3 .   4 c
//                 leads to    0, 1   2     3     4
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/value/regex_automaton.h"
#include "runtime/value/regex_symbols.h"

namespace eqlc::regex {

// Immutable. Thread-safety: safe together.
class PositionMatcher {
 public:
  // Nothing when it would take more than a few megabytes or the budget.
  static std::optional<PositionMatcher> Make(const Nfa& nfa, const Alphabet& alphabet, Budget& budget);

  // Time is symbols times positions / 64, and the rows of those that have one. False also when there is no memory for
  // two sets of positions.
  bool Matches(std::string_view text) const noexcept;

 private:
  friend class PositionTables;

  using Word = uint64_t;
  using Bits = std::vector<Word>;  // a set of positions, or several one behind the other

  explicit PositionMatcher(SymbolMap symbols) : symbols_(std::move(symbols)) {}

  bool Run(std::string_view text) const;
  // The positions that may take a symbol when those in `taken` took the one before it.
  void Follow(const Word* taken, Word* next) const;

  SymbolMap symbols_;
  size_t words_ = 0;  // of a set
  bool matches_empty_ = false;
  Bits takes_;    // by column
  Bits first_;    // may take the first symbol
  Bits last_;     // a text may end with them
  Bits decided_;  // when they took a symbol, whatever follows matches
  Bits loops_;    // lead to themselves
  Bits shifts_;   // lead to the next
  Bits jumps_;    // have a row, which says all that they lead to
  Bits rows_;
  std::vector<uint32_t> row_of_;  // by position: where its row begins
};

}  // namespace eqlc::regex
