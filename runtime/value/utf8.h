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

struct CodePoint {
  uint32_t symbol;  // code point, or kInvalidByte + byte
  uint32_t size;    // bytes, 1..4
};

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
bool IsValid(std::string_view text) noexcept;
// REQUIRES: code_point <= kMaxCodePoint, no surrogate.
void Append(uint32_t code_point, std::string& out);

}  // namespace eqlc::utf8
