// ASCII: kinds of bytes; case folding, comparison and hashing of byte strings. "Without case" in eqlc always means the
// 26 ASCII letters; bytes above 0x7F compare as they are (docs/semantics.md section 3.6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace eqlc::ascii {

inline constexpr unsigned char FoldByte(unsigned char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }
inline constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

inline constexpr char kHexDigits[] = "0123456789abcdef";
// Of a hex digit of either case; -1: it is none.
inline constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const unsigned char lower = FoldByte(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string Fold(std::string_view text);
// The same into `to`, which has room for text.size() bytes.
void FoldTo(std::string_view text, char* to) noexcept;
bool EqualFold(std::string_view a, std::string_view b) noexcept;
// <0, 0, >0 by folded bytes.
int CompareFold(std::string_view a, std::string_view b) noexcept;

bool Equal(std::string_view a, std::string_view b, bool fold) noexcept;
bool StartsWith(std::string_view text, std::string_view prefix, bool fold) noexcept;
bool EndsWith(std::string_view text, std::string_view suffix, bool fold) noexcept;

// Equal texts (with `fold`: without case) have equal hashes.
uint64_t Hash(std::string_view text, bool fold) noexcept;

}  // namespace eqlc::ascii
