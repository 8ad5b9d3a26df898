// UTF-8 decoding after table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
// Tested by tests/unit/runtime/value/utf8_test.cpp.
#include "runtime/value/utf8.h"

#include <algorithm>

#include "runtime/value/words.h"

namespace eqlc::utf8 {

namespace {

uint32_t ByteAt(std::string_view text, size_t i) { return static_cast<unsigned char>(text[i]); }
bool IsContinuation(uint32_t byte) { return (byte & 0xC0) == 0x80; }

struct Lead {
  uint32_t size;    // of the sequence; 0: no lead byte
  uint32_t lowest;  // code point of that size, against overlong forms
};

Lead LeadOf(uint32_t byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80};
  if ((byte & 0xF0) == 0xE0) return {3, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {4, 0x10000};
  return {0, 0};
}

}  // namespace

CodePoint DecodeFirstLong(std::string_view text) noexcept {
  const uint32_t first = ByteAt(text, 0);
  const CodePoint invalid = {kInvalidByte + first, 1};
  const Lead lead = LeadOf(first);
  if (lead.size == 0 || text.size() < lead.size) return invalid;
  uint32_t symbol = first & (0x7Fu >> lead.size);
  for (uint32_t i = 1; i < lead.size; ++i) {
    const uint32_t byte = ByteAt(text, i);
    if (!IsContinuation(byte)) return invalid;
    symbol = symbol << 6 | (byte & 0x3F);
  }
  const bool surrogate = symbol >= 0xD800 && symbol <= 0xDFFF;
  if (symbol < lead.lowest || symbol > kMaxCodePoint || surrogate) return invalid;
  return {symbol, lead.size};
}

size_t LastSize(std::string_view text) noexcept {
  const size_t longest = std::min<size_t>(4, text.size());
  for (size_t size = 2; size <= longest && IsContinuation(ByteAt(text, text.size() - size + 1)); ++size) {
    if (DecodeFirst(text.substr(text.size() - size)).size == size) return size;
  }
  return 1;
}

size_t Count(std::string_view text) noexcept {
  size_t count = 0;
  for (size_t i = 0; i < text.size();) {
    // Most text is ASCII.
    if (i + 8 <= text.size() && (words::Load(text.data() + i) & words::kHighBits) == 0) {
      i += 8;
      count += 8;
      continue;
    }
    i += DecodeFirst(text.substr(i)).size;
    ++count;
  }
  return count;
}

size_t Offset(std::string_view text, size_t index) noexcept {
  size_t i = 0;
  for (; i < text.size() && index > 0; --index) {
    i += DecodeFirst(text.substr(i)).size;
  }
  return i;
}

bool IsValid(std::string_view text) noexcept {
  for (size_t i = 0; i < text.size();) {
    const CodePoint point = DecodeFirst(text.substr(i));
    if (point.symbol >= kInvalidByte) return false;
    i += point.size;
  }
  return true;
}

void Append(uint32_t code_point, std::string& out) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | code_point >> 12);
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code_point >> 18);
    out += static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  }
}

}  // namespace eqlc::utf8
