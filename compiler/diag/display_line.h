// A source line as a terminal shows it: tabs expanded, control and invisible characters and bad bytes spelled out, so
// that rule text can neither move the cursor nor pose as something else, and carets stand below what they mean.
// Tested by tests/unit/compiler/diag/display_line_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace eqlc {

// Units are those of utf8.h, so that unit n is the text of column n + 1 of a SourceRange.
class DisplayLine {
 public:
  explicit DisplayLine(std::string_view line);

  uint32_t units() const { return static_cast<uint32_t>(columns_.size()) - 1; }
  // Terminal columns in all.
  uint32_t width() const { return columns_.back(); }
  // 0-based terminal column at which `unit` begins; the width for the end.
  // REQUIRES: unit <= units().
  uint32_t Column(uint32_t unit) const { return columns_[unit]; }
  // First unit that begins at `column` or later.
  uint32_t UnitAt(uint32_t column) const;
  // REQUIRES: first <= last <= units().
  std::string_view Text(uint32_t first, uint32_t last) const;
  const std::string& text() const { return text_; }

 private:
  void Append(std::string_view shown, uint32_t width);

  std::string text_;
  std::vector<uint32_t> bytes_;    // where each unit begins in text_, and its end
  std::vector<uint32_t> columns_;  // where each unit begins on the terminal, and the width
};

// `text` safe to print on one line.
std::string MakeVisible(std::string_view text);

}  // namespace eqlc
