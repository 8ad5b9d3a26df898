// LineSplitter: the lines of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace eqlc {

// Blank lines and the `\r` before a newline are dropped; the last line needs no newline. Thread-safety: none.
class LineSplitter {
 public:
  // `text` must outlive the splitter.
  explicit LineSplitter(std::string_view text) : text_(text) {}

  // False at the end.
  bool Next(std::string_view& line);

  // Of the line given last: its number, from 1, and its place in the text.
  uint64_t number() const { return number_; }
  size_t offset() const { return offset_; }
  // Newlines met so far; at the end, all of the text's.
  uint64_t newlines() const { return newlines_; }

 private:
  std::string_view text_;
  size_t at_ = 0;
  uint64_t newlines_ = 0;
  uint64_t number_ = 0;
  size_t offset_ = 0;
};

}  // namespace eqlc
