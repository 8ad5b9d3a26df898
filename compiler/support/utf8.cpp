#include "compiler/support/utf8.h"

#include <cstring>

namespace eqlc {
namespace {

constexpr Utf8Unit kInvalid{0xFFFD, 1, false};

// Length a lead byte announces; 0 for a byte that cannot lead.
uint32_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool IsScalar(char32_t c, uint32_t length) {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return c >= kSmallest[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

// The first byte from `pos` on that may be no ASCII; at most seven ASCII bytes before it are not passed over.
size_t SkipAscii(std::string_view text, size_t pos) {
  for (uint64_t word; pos + sizeof word <= text.size(); pos += sizeof word) {
    std::memcpy(&word, text.data() + pos, sizeof word);
    if ((word & 0x8080808080808080) != 0) break;
  }
  return pos;
}

}  // namespace

Utf8Unit DecodeUtf8(std::string_view text, size_t pos) {
  const auto lead = static_cast<unsigned char>(text[pos]);
  const uint32_t length = SequenceLength(lead);
  if (length == 1) return {lead, 1, true};
  if (length == 0 || text.size() - pos < length) return kInvalid;
  char32_t c = lead & (0x7Fu >> length);
  for (uint32_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[pos + i]);
    if ((byte & 0xC0) != 0x80) return kInvalid;
    c = (c << 6) | (byte & 0x3Fu);
  }
  return IsScalar(c, length) ? Utf8Unit{c, length, true} : kInvalid;
}

uint32_t CountUtf8(std::string_view text) {
  uint32_t count = 0;
  for (size_t pos = 0; pos < text.size(); pos += DecodeUtf8(text, pos).length) ++count;
  return count;
}

size_t FindInvalidUtf8(std::string_view text) {
  for (size_t pos = 0; (pos = SkipAscii(text, pos)) < text.size();) {
    const Utf8Unit unit = DecodeUtf8(text, pos);
    if (!unit.valid) return pos;
    pos += unit.length;
  }
  return std::string_view::npos;
}

std::string_view CutUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  // The unit that begins last before the cut has at most three bytes there. More of them belong to no code point.
  for (size_t end = max_bytes; end > 0 && max_bytes - end < 4; --end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80) return text.substr(0, end);
  }
  return text.substr(0, max_bytes);
}

std::string Shortened(std::string_view text, size_t max_bytes) {
  std::string shown(CutUtf8(text, max_bytes));
  if (shown.size() < text.size()) shown += "...";
  return shown;
}

void AppendUtf8(char32_t c, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
}

}  // namespace eqlc
