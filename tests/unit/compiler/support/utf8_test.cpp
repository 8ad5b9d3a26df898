#include "compiler/support/utf8.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(Utf8, DecodesEachLength) {
  const struct {
    std::string_view text;
    char32_t code_point;
    uint32_t length;
  } cases[] = {{"a", U'a', 1},
               {std::string_view("\0", 1), 0, 1},
               {"\xC2\x80", 0x80, 2},
               {"\xC3\xA9", 0xE9, 2},
               {"\xE0\xA0\x80", 0x800, 3},
               {"\xEF\xBF\xBF", 0xFFFF, 3},
               {"\xF0\x90\x80\x80", 0x10000, 4},
               {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4}};
  for (const auto& c : cases) {
    const Utf8Unit unit = DecodeUtf8(c.text, 0);
    EXPECT_TRUE(unit.valid);
    EXPECT_EQ(unit.code_point, c.code_point);
    EXPECT_EQ(unit.length, c.length);
    std::string encoded;
    AppendUtf8(c.code_point, encoded);
    EXPECT_EQ(encoded, c.text);
  }
}

TEST(Utf8, BadBytesAreUnitsOfOneByte) {
  const std::string_view cases[] = {
      "\x80",     "\xBF",         "\xC0\xAF",         "\xC1\x81",         "\xC3",
      "\xC3(",    "\xE0\x9F\x80", "\xED\xA0\x80",     "\xE2\x82",         "\xF0\x8F\x80\x80",
      "\xF0\x9F", "\xFE",         "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xFF"};
  for (const std::string_view text : cases) {
    const Utf8Unit unit = DecodeUtf8(text, 0);
    EXPECT_FALSE(unit.valid) << text;
    EXPECT_EQ(unit.length, 1u);
    EXPECT_EQ(FindInvalidUtf8(text), 0u);
  }
}

TEST(Utf8, CountsUnits) {
  EXPECT_EQ(CountUtf8(""), 0u);
  EXPECT_EQ(CountUtf8("a\xC3\xA9\xF0\x9F\x98\x80"), 3u);
  EXPECT_EQ(CountUtf8("\xFF\xC3\x80"), 2u);  // one bad byte, one letter
  EXPECT_EQ(CountUtf8("\xE2\x82"), 2u);
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8("caf\xC3\xA9"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("caf\xC3\xA9 \xE9."), 6u);
  EXPECT_EQ(FindInvalidUtf8("cut \xE2\x82"), 4u);
}

TEST(Utf8, CutsBetweenCodePoints) {
  EXPECT_EQ(CutUtf8("abc", 3), "abc");
  EXPECT_EQ(CutUtf8("abc", 2), "ab");
  EXPECT_EQ(CutUtf8("abc", 0), "");
  const std::string_view text = "a\xF0\x9F\x98\x80z";
  for (size_t max = 1; max < 5; ++max) EXPECT_EQ(CutUtf8(text, max), "a") << max;
  EXPECT_EQ(CutUtf8(text, 5), "a\xF0\x9F\x98\x80");
  EXPECT_EQ(CutUtf8(std::string(9, '\x80'), 8).size(), 8u);  // nothing to spare
}

TEST(Utf8, ShortensWithDots) {
  EXPECT_EQ(Shortened("abc", 3), "abc");
  EXPECT_EQ(Shortened("ab\xC3\xA9", 3), "ab...");
  EXPECT_EQ(Shortened(std::string(500, 'x')), std::string(kMaxTextInMessage, 'x') + "...");
}

}  // namespace
}  // namespace eqlc
