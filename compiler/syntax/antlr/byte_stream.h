// The query as ANTLR's input. ANTLR's own stream works on code points; this one works on bytes, so that token positions
// are byte offsets, and shows every byte of a non-ASCII character as U+007F: the lexer's table covers 0..127 only, and
// the grammar treats all characters beyond ASCII alike. Tested by tests/unit/compiler/syntax/parser_test.cpp.
#pragma once

#include <antlr4-runtime.h>

#include <string>
#include <string_view>

namespace eqlc {

class ByteStream final : public antlr4::CharStream {
 public:
  static constexpr size_t kSymbols = 128;

  // `text` outlives the stream.
  explicit ByteStream(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }

  // What the lexer sees of a byte; below kSymbols.
  static size_t SymbolOf(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 ? byte : 0x7F;
  }

  void consume() override { ++position_; }
  size_t LA(ssize_t i) override {
    const size_t at = position_ + static_cast<size_t>(i > 0 ? i - 1 : i);
    if (at >= text_.size()) return EOF;  // also before the first byte: the sum wraps
    return SymbolOf(text_[at]);
  }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  size_t index() override { return position_; }
  void seek(size_t index) override { position_ = index; }
  size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return "query"; }
  std::string getText(const antlr4::misc::Interval& range) override {
    return std::string(text_.substr(static_cast<size_t>(range.a), static_cast<size_t>(range.b - range.a + 1)));
  }
  std::string toString() const override { return std::string(text_); }

 private:
  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace eqlc
