// One UTF-8 decoder for everything that counts columns, so that positions and the rendered carets agree on bad bytes;
// and one way to cut what a message shows.
// Tested by tests/unit/compiler/support/utf8_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace eqlc {

// `length` bytes that form one code point, or one byte that belongs to no valid sequence.
struct Utf8Unit {
  char32_t code_point = 0;
  uint32_t length = 1;
  bool valid = true;
};

// Decodes the unit at `pos`. REQUIRES: pos < text.size().
// Overlong forms, surrogates and values above U+10FFFF are invalid.
Utf8Unit DecodeUtf8(std::string_view text, size_t pos);

// Number of units: what a column counts.
uint32_t CountUtf8(std::string_view text);

// Byte offset of the first invalid unit, or npos.
size_t FindInvalidUtf8(std::string_view text);

// The first bytes of `text`, at most `max_bytes`, without a code point that is cut.
std::string_view CutUtf8(std::string_view text, size_t max_bytes);

// Bytes of a rule's text that a message shows.
inline constexpr size_t kMaxTextInMessage = 120;

// `text` as a message shows it, short whatever the rule holds: "..." stands for the rest.
std::string Shortened(std::string_view text, size_t max_bytes = kMaxTextInMessage);

// REQUIRES: `code_point` is a Unicode scalar value.
void AppendUtf8(char32_t code_point, std::string& out);

}  // namespace eqlc
