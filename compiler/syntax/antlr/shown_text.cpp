#include "compiler/syntax/antlr/shown_text.h"

#include "compiler/support/utf8.h"

namespace eqlc {
namespace {

constexpr size_t kMaxShownBytes = 60;

}  // namespace

std::string ShownText(std::string_view text) {
  std::string out;
  for (const char c : Shortened(text, kMaxShownBytes)) {
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
  return out;
}

}  // namespace eqlc
