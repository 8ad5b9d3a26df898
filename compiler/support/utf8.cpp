#include "compiler/support/utf8.h"

#include "runtime/value/utf8.h"

namespace eqlc {

std::string_view CutUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  // The unit that begins last before the cut has at most three bytes there. More of them belong to no code point.
  for (size_t end = max_bytes; end > 0 && max_bytes - end < 4; --end) {
    if (!utf8::IsContinuation(text[end])) return text.substr(0, end);
  }
  return text.substr(0, max_bytes);
}

std::string Shortened(std::string_view text, size_t max_bytes) {
  std::string shown(CutUtf8(text, max_bytes));
  if (shown.size() < text.size()) shown += "...";
  return shown;
}

}  // namespace eqlc
