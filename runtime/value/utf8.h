// UTF-8: code points of text that may be broken. A byte that is not part of a well-formed sequence counts as one code
// point of its own, so every text splits into code points in exactly one way, from either end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace eqlc::utf8 {

inline constexpr uint32_t kMaxCodePoint = 0x10FFFF;
// The symbol of the invalid byte b is kInvalidByte + b.
inline constexpr uint32_t kInvalidByte = kMaxCodePoint + 1;
inline constexpr uint32_t kMaxSymbol = kInvalidByte + 0xFF;
// Stands for what is no character: U+FFFD.
inline constexpr uint32_t kReplacement = 0xFFFD;
inline constexpr std::string_view kReplacementText = "\xEF\xBF\xBD";

struct CodePoint {
  uint32_t symbol;  // code point, or kInvalidByte + byte
  uint32_t size;    // bytes, 1..4

  bool valid() const { return symbol < kInvalidByte; }
};

inline constexpr bool IsSurrogate(uint32_t code_point) { return code_point >= 0xD800 && code_point <= 0xDFFF; }
// Whether UTF-8 can say it.
inline constexpr bool IsScalar(uint32_t code_point) { return code_point <= kMaxCodePoint && !IsSurrogate(code_point); }
// A byte that begins no code point.
inline constexpr bool IsContinuation(char byte) { return (byte & 0xC0) == 0x80; }

// REQUIRES: text begins with a byte above 0x7F.
CodePoint DecodeFirstLong(std::string_view text) noexcept;
// REQUIRES: text is not empty.
inline CodePoint DecodeFirst(std::string_view text) noexcept {
  const auto first = static_cast<unsigned char>(text[0]);
  return first < 0x80 ? CodePoint{first, 1} : DecodeFirstLong(text);
}
// Bytes of the last code point. REQUIRES: text is not empty.
size_t LastSize(std::string_view text) noexcept;

size_t Count(std::string_view text) noexcept;
// Byte offset of code point `index`; text.size() when there are not that many.
size_t Offset(std::string_view text, size_t index) noexcept;
// Offset of the first invalid byte, or npos.
size_t FindInvalid(std::string_view text) noexcept;
inline bool IsValid(std::string_view text) noexcept { return FindInvalid(text) == std::string_view::npos; }
// `text` if it is valid, else `storage`, filled with a copy in which every invalid byte is U+FFFD.
std::string_view ReplaceInvalid(std::string_view text, std::string& storage);

// Writes at most four bytes; returns the place behind them. REQUIRES: IsScalar(code_point).
inline char* Write(uint32_t code_point, char* to) {
  const auto put = [&to](uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
  return to;
}
// REQUIRES: IsScalar(code_point).
void Append(uint32_t code_point, std::string& out);

}  // namespace eqlc::utf8
