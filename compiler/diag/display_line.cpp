#include "compiler/diag/display_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

constexpr uint32_t kTabWidth = 4;

struct CodePointRange {
  uint32_t first, last;
};

// Controls without a picture of their own, and characters that are invisible or reorder what stands around them.
constexpr CodePointRange kSpelledOut[] = {{0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},     {0x180E, 0x180E},
                                          {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0xFEFF, 0xFEFF},
                                          {0xFFF9, 0xFFFB}, {0xE000, 0xF8FF}, {0xE0000, 0x10FFFF}};

// East Asian wide and emoji blocks; whole blocks, which is near enough for carets.
constexpr CodePointRange kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
                                    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
                                    {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};

// Combining marks of the common scripts.
constexpr CodePointRange kCombining[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},
                                         {0x64B, 0x65F},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF},
                                         {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

template <size_t n>
bool Contains(const CodePointRange (&ranges)[n], uint32_t c) {
  return std::any_of(ranges, ranges + n, [c](CodePointRange range) { return c >= range.first && c <= range.last; });
}

std::string Utf8(uint32_t c) {
  std::string text;
  utf8::Append(c, text);
  return text;
}

}  // namespace

DisplayLine::DisplayLine(std::string_view line) : bytes_{0}, columns_{0} {
  for (size_t pos = 0; pos < line.size();) {
    const utf8::CodePoint point = utf8::DecodeFirst(line.substr(pos));
    const uint32_t c = point.symbol;
    const std::string_view bytes = line.substr(pos, point.size);
    pos += point.size;
    if (!point.valid()) {
      Append(fmt::format("<{:02X}>", static_cast<unsigned char>(bytes[0])), 4);
    } else if (c == '\t') {
      const uint32_t spaces = kTabWidth - width() % kTabWidth;
      Append(std::string(spaces, ' '), spaces);
    } else if (c < 0x20 || c == 0x7F) {
      Append(Utf8(c == 0x7F ? 0x2421 : 0x2400 + c), 1);  // U+2400...: a picture for each control character
    } else if (c < 0x7F) {
      Append(bytes, 1);
    } else if (Contains(kSpelledOut, c)) {
      const std::string shown = fmt::format("<U+{:04X}>", c);
      Append(shown, static_cast<uint32_t>(shown.size()));
    } else {
      Append(bytes, Contains(kCombining, c) ? 0 : Contains(kWide, c) ? 2 : 1);
    }
  }
}

uint32_t DisplayLine::UnitAt(uint32_t column) const {
  const auto unit = std::lower_bound(columns_.begin(), columns_.end(), column);
  return std::min(static_cast<uint32_t>(unit - columns_.begin()), units());
}

std::string_view DisplayLine::Text(uint32_t first, uint32_t last) const {
  return std::string_view(text_).substr(bytes_[first], bytes_[last] - bytes_[first]);
}

void DisplayLine::Append(std::string_view shown, uint32_t shown_width) {
  text_ += shown;
  bytes_.push_back(static_cast<uint32_t>(text_.size()));
  columns_.push_back(columns_.back() + shown_width);
}

std::string MakeVisible(std::string_view text) { return DisplayLine(text).text(); }

}  // namespace eqlc
