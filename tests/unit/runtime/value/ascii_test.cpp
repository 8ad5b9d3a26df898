// ASCII folding against a byte-by-byte reference, at every length around the word size.
#include "runtime/value/ascii.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace eqlc {
namespace {

unsigned char SlowFold(unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + 32) : c; }

bool SlowEqualFold(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (SlowFold(static_cast<unsigned char>(a[i])) != SlowFold(static_cast<unsigned char>(b[i]))) return false;
  }
  return true;
}

TEST(AsciiTest, EveryPairOfBytesFoldsAsItShould) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      // In a whole word and in a tail, with neighbours that a carry would disturb.
      const std::string x = std::string("\xFFZ@") + static_cast<char>(a) + "[\x7F\x80z" + static_cast<char>(a);
      const std::string y = std::string("\xFFz@") + static_cast<char>(b) + "[\x7F\x80Z" + static_cast<char>(b);
      ASSERT_EQ(ascii::EqualFold(x, y), SlowEqualFold(x, y)) << a << ' ' << b;
    }
  }
}

TEST(AsciiTest, HexDigitsOfEitherCaseHaveValues) {
  constexpr std::string_view kLower = "0123456789abcdef", kUpper = "0123456789ABCDEF";
  for (int c = 0; c < 256; ++c) {
    const size_t value = std::min(kLower.find(static_cast<char>(c)), kUpper.find(static_cast<char>(c)));
    const int expected = value == std::string_view::npos ? -1 : static_cast<int>(value);
    EXPECT_EQ(ascii::HexValue(static_cast<char>(c)), expected) << c;
  }
}

TEST(AsciiTest, EqualTextsHaveEqualHashes) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random());
    const std::string folded = ascii::Fold(text);
    EXPECT_TRUE(ascii::EqualFold(text, folded));
    EXPECT_EQ(ascii::Hash(text, true), ascii::Hash(folded, true));
  }
  EXPECT_NE(ascii::Hash("A", false), ascii::Hash("a", false));
  EXPECT_NE(ascii::Hash(std::string_view("\0", 1), false), ascii::Hash("", false));
}

TEST(AsciiTest, ComparesByFoldedBytes) {
  EXPECT_LT(ascii::CompareFold("abc", "ABD"), 0);
  EXPECT_EQ(ascii::CompareFold("aBc", "AbC"), 0);
  EXPECT_LT(ascii::CompareFold("AB", "abc"), 0);
  EXPECT_GT(ascii::CompareFold("abc", "AB"), 0);
  EXPECT_LT(ascii::CompareFold("z", "\x80"), 0);
}

TEST(AsciiTest, PrefixesAndSuffixes) {
  EXPECT_TRUE(ascii::StartsWith("Setup.EXE", "SET", true));
  EXPECT_FALSE(ascii::StartsWith("Setup.EXE", "SET", false));
  EXPECT_TRUE(ascii::EndsWith("Setup.EXE", ".exe", true));
  EXPECT_FALSE(ascii::EndsWith("exe", ".exe", true));
  EXPECT_TRUE(ascii::EndsWith("", "", false));
}

}  // namespace
}  // namespace eqlc
