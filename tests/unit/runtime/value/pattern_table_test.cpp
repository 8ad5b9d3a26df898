#include "runtime/value/pattern_table.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace eqlc {
namespace {

using abi::TestKind;
using Pattern = PatternTable::Pattern;

uint64_t Bits(const PatternTable& table, std::string_view text) {
  std::vector<uint32_t> found;
  table.Find(text, found);
  uint64_t bits = 0;
  for (const uint32_t bit : found) bits |= uint64_t{1} << bit;
  return bits;
}

bool Has(std::string_view text, const Pattern& pattern) {
  switch (pattern.kind) {
    case TestKind::kPrefix:
      return text.size() >= pattern.skip && text.substr(pattern.skip).starts_with(pattern.text);
    case TestKind::kSuffix:
      return text.ends_with(pattern.text);
    default:
      return text.find(pattern.text) != std::string_view::npos;
  }
}

TEST(PatternTableTest, FindsPrefixesSuffixesAndParts) {
  const PatternTable table({{TestKind::kPrefix, 0, "po", 0},
                            {TestKind::kPrefix, 0, "powershell", 1},
                            {TestKind::kSuffix, 0, ".exe", 2},
                            {TestKind::kSuffix, 0, "sh", 3},
                            {TestKind::kContains, 0, "wers", 4},
                            {TestKind::kPrefix, 1, ":\\temp", 5}});
  EXPECT_EQ(Bits(table, "powershell.exe"), 0b010111u);
  EXPECT_EQ(Bits(table, "po"), 0b000001u);
  EXPECT_EQ(Bits(table, "bash"), 0b001000u);
  EXPECT_EQ(Bits(table, "c:\\temp\\x"), 0b100000u);
  EXPECT_EQ(Bits(table, ":\\temp\\x"), 0u);
  EXPECT_EQ(Bits(table, ""), 0u);
}

// One `?` is one code point, which may have several bytes: rather too many than too few.
TEST(PatternTableTest, TakesEveryPatternWithASkipBehindOtherThanAscii) {
  const PatternTable table({{TestKind::kPrefix, 1, ":\\temp", 0}, {TestKind::kPrefix, 0, "\xC3\xA9:", 1}});
  EXPECT_EQ(Bits(table, "\xC3\xA9:\\temp"), 0b11u);
}

TEST(PatternTableTest, WorksWithoutPatterns) {
  EXPECT_TRUE(PatternTable().empty());
  EXPECT_EQ(Bits(PatternTable(), "text"), 0u);
}

// Over two letters, so that patterns are found, overlap and share their grams.
TEST(PatternTableTest, AgreesWithPlainSearch) {
  std::mt19937_64 random(7);
  const auto text_of = [&](size_t size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text += random() % 2 ? 'a' : 'b';
    return text;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<Pattern> patterns;
    for (uint32_t bit = 0; bit < 40; ++bit) {
      const auto kind = static_cast<TestKind>(2 + random() % 3);
      const auto skip = static_cast<uint8_t>(kind == TestKind::kPrefix ? random() % 2 : 0);
      const size_t least = kind == TestKind::kContains ? 4 : 2;
      patterns.push_back({kind, skip, text_of(least + random() % 8), bit});
    }
    const PatternTable table(patterns);
    for (int i = 0; i < 50; ++i) {
      const std::string text = text_of(random() % 20);
      uint64_t expected = 0;
      for (const Pattern& p : patterns) {
        const bool found = Has(text, p);
        if (found) expected |= uint64_t{1} << p.bit;
      }
      ASSERT_EQ(Bits(table, text), expected) << text;
    }
  }
}

}  // namespace
}  // namespace eqlc
