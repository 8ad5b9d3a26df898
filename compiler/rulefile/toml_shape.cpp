#include "compiler/rulefile/toml_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

class ShapeScanner {
 public:
  explicit ShapeScanner(std::string_view text) : text_(text) {}

  TomlShape Scan() {
    while (pos_ < text_.size() && !shape_.fault) {
      const bool was_line_start = line_start_;
      const char c = text_[pos_];
      if (c != ' ' && c != '\t' && c != '\r') line_start_ = false;
      switch (c) {
        case '#':
          SkipTo('\n');
          break;
        case '"':
        case '\'':
          SkipString(c);
          break;
        default:
          Punctuation(c, was_line_start);
          ++pos_;
      }
    }
    return std::move(shape_);
  }

 private:
  void Punctuation(char c, bool was_line_start) {
    switch (c) {
      case '.':
        Dot();
        break;
      case '=':
        key_parts_ = std::exchange(dots_, 0) + 1;
        break;
      case ',':
        key_parts_ = dots_ = 0;
        break;
      case '[':
        if (open_.empty() && was_line_start) {
          in_header_ = true;
          header_parts_ = dots_ = 0;
        } else if (!in_header_) {
          Open();
        }
        break;
      case '{':
        Open();
        break;
      case ']':
        if (in_header_) {
          header_parts_ = std::exchange(dots_, 0) + 1;
          in_header_ = false;
        } else {
          Close();
        }
        break;
      case '}':
        Close();
        break;
      case '\n':
        NewLine();
        break;
      default:
        break;
    }
  }

  void Dot() {
    if (++dots_ < limits::kMaxTomlKeyParts) return;
    Fail(fmt::format("a key has more than {} dotted parts", limits::kMaxTomlKeyParts));
  }

  void Open() {
    const uint32_t levels = std::exchange(key_parts_, 0) + 1;
    dots_ = 0;
    open_.push_back(levels);
    depth_ += levels;
    if (header_parts_ + depth_ <= limits::kMaxTomlNesting) return;
    Fail(fmt::format("values are nested deeper than {} levels", limits::kMaxTomlNesting));
  }

  void Close() {
    key_parts_ = dots_ = 0;
    if (open_.empty()) return;
    depth_ -= open_.back();
    open_.pop_back();
  }

  void NewLine() {
    dots_ = 0;
    in_header_ = false;
    if (!open_.empty()) return;
    key_parts_ = 0;
    line_start_ = true;
  }

  void SkipTo(char c) { pos_ = std::min(text_.find(c, pos_), text_.size()); }

  void SkipString(char quote) {
    const bool multi_line = IsTriple(quote);
    const auto begin = static_cast<uint32_t>(pos_);
    pos_ += multi_line ? 3 : 1;
    while (pos_ < text_.size()) {
      const char c = text_[pos_];
      if (c == '\\' && quote == '"') {
        pos_ += 2;
      } else if (c == quote && !multi_line) {
        ++pos_;
        return;
      } else if (c == quote && IsTriple(quote)) {
        pos_ += 3;
        for (int extra = 0; extra < 2 && pos_ < text_.size() && text_[pos_] == quote; ++extra) ++pos_;
        shape_.long_strings.push_back({begin, static_cast<uint32_t>(pos_)});
        return;
      } else if (c == '\n' && !multi_line) {
        return;
      } else {
        ++pos_;
      }
    }
    pos_ = text_.size();
  }

  bool IsTriple(char quote) const {
    return pos_ + 2 < text_.size() && text_[pos_] == quote && text_[pos_ + 1] == quote && text_[pos_ + 2] == quote;
  }

  void Fail(std::string message) { shape_.fault = TomlFault{static_cast<uint32_t>(pos_), std::move(message)}; }

  const std::string_view text_;
  size_t pos_ = 0;
  bool line_start_ = true;  // nothing but blanks since the line break, outside brackets
  bool in_header_ = false;
  uint32_t dots_ = 0;           // since the last separator
  uint32_t key_parts_ = 0;      // of the key whose value comes next
  uint32_t header_parts_ = 0;   // of the table header above
  std::vector<uint32_t> open_;  // levels that each open bracket and its key add
  uint32_t depth_ = 0;          // their sum
  TomlShape shape_;
};

}  // namespace

TomlShape ReadTomlShape(std::string_view text) { return ShapeScanner(text).Scan(); }

}  // namespace eqlc
