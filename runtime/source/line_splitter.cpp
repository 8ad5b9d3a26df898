// Tested by tests/unit/runtime/source/line_splitter_test.cpp.
#include "runtime/source/line_splitter.h"

#include <algorithm>

namespace eqlc {
namespace {

bool IsBlank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

}  // namespace

bool LineSplitter::Next(std::string_view& line) {
  while (at_ < text_.size()) {
    offset_ = at_;
    number_ = newlines_ + 1;
    const size_t newline = text_.find('\n', at_);
    const bool ended = newline != std::string_view::npos;
    line = text_.substr(at_, ended ? newline - at_ : std::string_view::npos);
    at_ = ended ? newline + 1 : text_.size();
    newlines_ += ended ? 1 : 0;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!IsBlank(line)) return true;
  }
  return false;
}

}  // namespace eqlc
