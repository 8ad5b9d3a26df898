// TextCursor: takes a text apart from the front, for parsers of dates and versions.
#pragma once

#include <cstddef>
#include <string_view>

#include "runtime/value/ascii.h"

namespace eqlc {

class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : rest_(text) {}

  bool Take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // One of a few characters.
  template <typename... Chars>
  bool TakeAny(Chars... chars) {
    return (Take(chars) || ...);
  }
  // Exactly `count` digits. REQUIRES: count <= 9. (Inlined, because mostly the count is a constant.)
  [[gnu::always_inline]] bool Digits(int count, int& out) {
    const auto size = static_cast<size_t>(count);
    if (rest_.size() < size) return false;
    unsigned number = 0;
    bool is_number = true;
    for (size_t i = 0; i < size; ++i) {
      const unsigned digit = static_cast<unsigned char>(rest_[i]) - unsigned{'0'};
      is_number &= digit < 10;
      number = number * 10 + digit;
    }
    if (!is_number) return false;
    out = static_cast<int>(number);
    rest_.remove_prefix(size);
    return true;
  }
  bool AtDigit() const { return !rest_.empty() && ascii::IsDigit(rest_[0]); }
  bool AtEnd() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace eqlc
