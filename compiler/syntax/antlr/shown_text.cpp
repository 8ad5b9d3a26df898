#include "compiler/syntax/antlr/shown_text.h"

namespace eqlc {
namespace {

constexpr size_t kMaxShownBytes = 60;

std::string_view Cut(std::string_view text) {
  size_t end = kMaxShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

std::string ShownText(std::string_view text) {
  const bool cut = text.size() > kMaxShownBytes;
  std::string out;
  for (char c : cut ? Cut(text) : text) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return cut ? out + "..." : out;
}

}  // namespace eqlc
