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
  // Exactly `count` digits. REQUIRES: count <= 9.
  bool Digits(int count, int& out) {
    if (rest_.size() < static_cast<size_t>(count)) return false;
    out = 0;
    for (int i = 0; i < count; ++i) {
      if (!ascii::IsDigit(rest_[static_cast<size_t>(i)])) return false;
      out = out * 10 + (rest_[static_cast<size_t>(i)] - '0');
    }
    rest_.remove_prefix(static_cast<size_t>(count));
    return true;
  }
  bool AtDigit() const { return !rest_.empty() && ascii::IsDigit(rest_[0]); }
  bool AtEnd() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace eqlc
