#include "compiler/support/utf8.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

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
