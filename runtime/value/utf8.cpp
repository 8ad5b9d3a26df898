// UTF-8 decoding after table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
// Tested by tests/unit/runtime/value/utf8_test.cpp.
#include "runtime/value/utf8.h"

#include <algorithm>

#include "runtime/value/words.h"

namespace eqlc::utf8 {

namespace {

uint32_t ByteAt(std::string_view text, size_t i) { return static_cast<unsigned char>(text[i]); }

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

// The first byte from `i` on that is not ASCII, or the first of the last seven.
size_t SkipAscii(std::string_view text, size_t i) {
  for (; i + 8 <= text.size(); i += 8) {
    const uint64_t marks = words::Load(text.data() + i) & words::kHighBits;
    if (marks != 0) return i + words::BytesBeforeMark(marks);
  }
  return i;
}

}  // namespace

CodePoint DecodeFirstLong(std::string_view text) noexcept {
  const uint32_t first = ByteAt(text, 0);
  const CodePoint invalid = {kInvalidByte + first, 1};
  const Lead lead = LeadOf(first);
  if (lead.size == 0 || text.size() < lead.size) return invalid;
  uint32_t symbol = first & (0x7Fu >> lead.size);
  for (uint32_t i = 1; i < lead.size; ++i) {
    if (!IsContinuation(text[i])) return invalid;
    symbol = symbol << 6 | (ByteAt(text, i) & 0x3F);
  }
  return symbol >= lead.lowest && IsScalar(symbol) ? CodePoint{symbol, lead.size} : invalid;
}

size_t LastSize(std::string_view text) noexcept {
  const size_t longest = std::min<size_t>(4, text.size());
  for (size_t size = 2; size <= longest && IsContinuation(text[text.size() - size + 1]); ++size) {
    if (DecodeFirst(text.substr(text.size() - size)).size == size) return size;
  }
  return 1;
}

size_t Count(std::string_view text) noexcept {
  size_t count = text.size();
  for (size_t i = 0; (i = SkipAscii(text, i)) < text.size();) {
    const uint32_t size = DecodeFirst(text.substr(i)).size;
    count -= size - 1;
    i += size;
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

size_t FindInvalid(std::string_view text) noexcept {
  for (size_t i = 0; (i = SkipAscii(text, i)) < text.size();) {
    const CodePoint point = DecodeFirst(text.substr(i));
    if (!point.valid()) return i;
    i += point.size;
  }
  return std::string_view::npos;
}

std::string_view ReplaceInvalid(std::string_view text, std::string& storage) {
  size_t invalid = FindInvalid(text);
  if (invalid == std::string_view::npos) return text;
  storage.clear();
  for (; invalid != std::string_view::npos; invalid = FindInvalid(text)) {
    storage.append(text.substr(0, invalid)).append(kReplacementText);
    text.remove_prefix(invalid + 1);
  }
  return storage.append(text);
}

void Append(uint32_t code_point, std::string& out) {
  char bytes[4];
  out.append(bytes, Write(code_point, bytes));
}

}  // namespace eqlc::utf8
