// SymbolMap: the columns that an automaton's table has for the symbols of a text.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/value/regex_automaton.h"
#include "runtime/value/utf8.h"

namespace eqlc::regex {

// Immutable. Thread-safety: safe together.
class SymbolMap {
 public:
  SymbolMap(const Alphabet& alphabet, const std::vector<uint32_t>& column_of_atom) {
    for (Atom atom = 0; atom < alphabet.size(); ++atom) {
      if (!columns_.empty() && columns_.back() == column_of_atom[atom]) continue;
      starts_.push_back(alphabet.starts()[atom]);
      columns_.push_back(column_of_atom[atom]);
    }
    for (uint32_t symbol = 0; symbol < ascii_.size(); ++symbol) ascii_[symbol] = Search(symbol);
  }

  static bool IsAscii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }
  // REQUIRES: IsAscii(byte).
  uint32_t OfAscii(char byte) const { return ascii_[static_cast<unsigned char>(byte)]; }

  // `holds(column)` for some symbol that is not ASCII.
  template <typename Predicate>
  bool AnyBeyondAscii(const Predicate& holds) const {
    for (size_t i = 0; i < columns_.size(); ++i) {
      const bool is_beyond = i + 1 == columns_.size() || starts_[i + 1] > ascii_.size();
      if (is_beyond && holds(columns_[i])) return true;
    }
    return false;
  }

  // The column of the first symbol of a text, which is removed. REQUIRES: the text is not empty.
  uint32_t Take(const char*& at, const char* end) const noexcept {
    if (IsAscii(*at)) return OfAscii(*at++);
    const utf8::CodePoint point = utf8::DecodeFirst({at, static_cast<size_t>(end - at)});
    at += point.size;
    return Search(point.symbol);
  }

 private:
  uint32_t Search(uint32_t symbol) const noexcept {
    const auto behind = std::upper_bound(starts_.begin(), starts_.end(), symbol);
    return columns_[static_cast<size_t>(behind - starts_.begin()) - 1];
  }

  std::array<uint32_t, 128> ascii_;
  std::vector<uint32_t> starts_;
  std::vector<uint32_t> columns_;
};

}  // namespace eqlc::regex
