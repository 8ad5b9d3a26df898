// Tested by tests/unit/runtime/source/line_reader_test.cpp.
#include "runtime/source/value_scanner.h"

namespace eqlc {

size_t ValueScanner::Feed(char* bytes, size_t size) {
  size_t taken = 0;
  while (taken < size && !done_ && Take(bytes[taken])) {
    char& c = bytes[taken++];
    newlines_ += c == '\n' ? 1 : 0;
    if (c == '\n' || c == '\r') c = ' ';
  }
  return taken;
}

bool ValueScanner::Take(char c) {
  const bool first = !started_;
  const bool was_open = open_brackets_ > 0;
  started_ = true;
  if (in_string_) {
    in_string_ = c != '"' || escaped_;
    escaped_ = c == '\\' && !escaped_;
    done_ = !in_string_ && open_brackets_ == 0;
    return true;
  }
  switch (c) {
    case '"':
      return in_string_ = true;
    case '{':
    case '[':
      return ++open_brackets_ > 0;
    case '}':
    case ']':
      // A stray bracket is a value of its own if nothing else precedes it, else the end of a bare word.
      if (open_brackets_ > 0) --open_brackets_;
      done_ = open_brackets_ == 0;
      return was_open || first;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
      // Ends a bare word.
      if (open_brackets_ > 0) return true;
      done_ = true;
      return false;
    default:
      return true;
  }
}

}  // namespace eqlc
