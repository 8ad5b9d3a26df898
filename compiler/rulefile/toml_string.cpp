#include "compiler/rulefile/toml_string.h"

#include <algorithm>

#include "runtime/value/ascii.h"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

class StringDecoder {
 public:
  StringDecoder(std::string_view file, uint32_t offset) : file_(file), pos_(offset) {}

  std::optional<TomlString> Decode() {
    quote_ = Peek(0);
    if (quote_ != '"' && quote_ != '\'') return std::nullopt;
    multi_line_ = Peek(1) == quote_ && Peek(2) == quote_;
    pos_ += multi_line_ ? 3 : 1;
    if (multi_line_) pos_ += LineBreakLength();  // the first line break is not part of the value
    BeginRun();
    while (pos_ < file_.size()) {
      if (Peek(0) == quote_) {
        if (Quotes()) return std::move(result_);
      } else if (!Step()) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  char Peek(size_t ahead) const { return pos_ + ahead < file_.size() ? file_[pos_ + ahead] : '\0'; }

  size_t LineBreakLength() const {
    if (Peek(0) == '\n') return 1;
    return Peek(0) == '\r' && Peek(1) == '\n' ? 2 : 0;
  }

  // Of the text up to what may need more than a copy; at least 1.
  size_t PlainLength() const {
    size_t end = pos_ + 1;
    const auto is_plain = [this](char c) { return c != quote_ && c != '\\' && c != '\n' && c != '\r'; };
    while (end < file_.size() && is_plain(file_[end])) ++end;
    return end - pos_;
  }

  void BeginRun() {
    result_.runs.push_back({static_cast<uint32_t>(result_.value.size()), static_cast<uint32_t>(pos_)});
  }

  void Copy(size_t count) {
    result_.value += file_.substr(pos_, count);
    pos_ += count;
  }

  // Quotes that end the string, with up to two of the value before them, or that are all of the value.
  bool Quotes() {
    if (!multi_line_) return true;
    size_t count = 1;
    while (count < 5 && Peek(count) == quote_) ++count;
    Copy(count < 3 ? count : count - 3);
    return count >= 3;
  }

  // Whatever is not a quote. False: not TOML.
  bool Step() {
    const size_t line_break = LineBreakLength();
    if (Peek(0) == '\\' && quote_ == '"') return Backslash();
    if (line_break == 0) return Copy(PlainLength()), true;
    if (!multi_line_) return false;
    if (line_break == 1) return Copy(1), true;
    result_.value += '\n';
    pos_ += line_break;
    BeginRun();
    return true;
  }

  bool Backslash() {
    if (multi_line_ && LineEndingBackslash()) return true;
    const bool ok = Escape(Peek(1));
    BeginRun();
    return ok;
  }

  // A backslash at the end of a line takes all white space up to the next text with it.
  bool LineEndingBackslash() {
    const size_t line_end = file_.find_first_not_of(" \t", pos_ + 1);
    if (line_end == std::string_view::npos || (file_[line_end] != '\n' && file_[line_end] != '\r')) return false;
    BeginRun();
    pos_ = std::min(file_.find_first_not_of(" \t\r\n", line_end), file_.size());
    BeginRun();
    return true;
  }

  bool Escape(char c) {
    switch (c) {
      case 'b':
        return Replace(2, '\b');
      case 'f':
        return Replace(2, '\f');
      case 'n':
        return Replace(2, '\n');
      case 'r':
        return Replace(2, '\r');
      case 't':
        return Replace(2, '\t');
      case '"':
        return Replace(2, '"');
      case '\\':
        return Replace(2, '\\');
      case 'u':
        return CodePoint(4);
      case 'U':
        return CodePoint(8);
      default:
        return false;
    }
  }

  bool CodePoint(size_t digits) {
    uint32_t value = 0;
    for (size_t i = 0; i < digits; ++i) {
      const int digit = ascii::HexValue(Peek(2 + i));
      if (digit < 0) return false;
      value = value << 4 | static_cast<uint32_t>(digit);
    }
    if (!utf8::IsScalar(value)) return false;
    return Replace(2 + digits, value);
  }

  bool Replace(size_t file_bytes, uint32_t c) {
    utf8::Append(c, result_.value);
    pos_ += file_bytes;
    return true;
  }

  const std::string_view file_;
  size_t pos_;
  char quote_ = 0;
  bool multi_line_ = false;
  TomlString result_;
};

}  // namespace

std::optional<TomlString> DecodeTomlString(std::string_view file, uint32_t offset) {
  return StringDecoder(file, offset).Decode();
}

}  // namespace eqlc
