// Globs: a table for the reference, and the sets against the reference on random patterns.
#include "runtime/value/glob.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>

namespace eqlc {
namespace {

struct Case {
  std::string_view pattern;
  std::string_view text;
  bool sensitive;
  bool insensitive;
};

TEST(GlobTest, Table) {
  const Case cases[] = {
      {"cmd.exe", "cmd.exe", true, true},
      {"cmd.exe", "CMD.EXE", false, true},
      {"cmd.exe", "cmd.exe ", false, false},
      {"", "", true, true},
      {"", "a", false, false},
      {"*", "", true, true},
      {"*", "a\nb", true, true},
      {"**", "a", true, true},
      {"a*", "abc", true, true},
      {"A*", "abc", false, true},
      {"*.exe", "x.exe", true, true},
      {"*.exe", ".EXE", false, true},
      {"*b*", "abc", true, true},
      {"*B*", "abc", false, true},
      {"*b*", "ac", false, false},
      {"a*c", "ac", true, true},
      {"a*c", "abbc", true, true},
      {"a*c", "abcd", false, false},
      {"ab*ba", "aba", false, false},
      {"a*b*c", "a-b-b-c", true, true},
      {"a*b*c", "acb", false, false},
      {"?", "a", true, true},
      {"?", "", false, false},
      {"?", "ab", false, false},
      {"?", "\xC3\xA9", true, true},
      {"?", "\xF0\x9F\x98\x80", true, true},
      {"??", "\xC3\xA9", false, false},
      {"?", "\xFF", true, true},
      {"??", "\xE2\x82", true, true},
      {"a?c*", "abcd", true, true},
      {"*?b", "ab", true, true},
      {"*?b", "b", false, false},
      {"*a?", "xa\xE2\x82\xAC", true, true},
      {"?*?", "a", false, false},
      {"?*?", "ab", true, true},
      {"*a?b*", "aab xb", true, true},
      {"C:\\*", "C:\\Users", true, true},
      {"c:\\\\*", "C:\\Users", false, false},
      {"[a]", "a", false, false},
      {"\xC3\x89*", "\xC3\xA9x", false, false},
      {"K", "\xE2\x84\xAA", false, false},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.pattern) + " on " + std::string(c.text));
    EXPECT_EQ(GlobMatch(c.pattern, c.text, false), c.sensitive);
    EXPECT_EQ(GlobMatch(c.pattern, c.text, true), c.insensitive);
    EXPECT_EQ(GlobSet(std::span(&c.pattern, 1), false).Matches(c.text), c.sensitive);
    EXPECT_EQ(GlobSet(std::span(&c.pattern, 1), true).Matches(c.text), c.insensitive);
  }
}

std::string RandomText(std::mt19937& random, size_t limit, std::string_view letters) {
  std::string text(random() % limit, ' ');
  for (char& c : text) c = letters[random() % letters.size()];
  return text;
}

TEST(GlobTest, SetsAgreeWithTheReference) {
  std::mt19937 random(21);
  for (int round = 0; round < 20'000; ++round) {
    // Broken UTF-8 in some patterns and many texts.
    const std::string_view letters = round % 4 == 0 ? "ab*?\xC3\xA9\xE2" : "aAb**?";
    std::vector<std::string> patterns;
    for (size_t i = 1 + random() % 3; i > 0; --i) patterns.push_back(RandomText(random, 8, letters));
    const std::vector<std::string_view> views(patterns.begin(), patterns.end());
    const bool fold = round % 2 != 0;
    const GlobSet set(views, fold);
    for (int i = 0; i < 4; ++i) {
      const std::string text = RandomText(random, 10, "aAbB\xC3\xA9\xE2\x82\xAC");
      bool expected = false;
      for (const std::string_view pattern : views) expected = expected || GlobMatch(pattern, text, fold);
      ASSERT_EQ(set.Matches(text), expected) << patterns[0] << " on " << text;
    }
  }
}

// Beginnings, ends and parts, of which there are more than are looked for one by one.
TEST(GlobTest, LongListsAgreeWithTheReference) {
  std::mt19937 random(24);
  int matches = 0;
  for (int round = 0; round < 300; ++round) {
    const bool fold = round % 2 != 0;
    const char* const shapes[][2] = {{"", "*"}, {"*", ""}, {"*", "*"}};
    std::vector<std::string> patterns;
    for (size_t i = 20 + random() % 80; i > 0; --i) {
      const auto& [front, back] = shapes[round % 4 == 3 ? random() % 3 : static_cast<size_t>(round % 4)];
      patterns.push_back(front + RandomText(random, 9, "abABcd\xC3\xA9") + "e" + back);
    }
    const std::vector<std::string_view> views(patterns.begin(), patterns.end());
    const GlobSet set(views, fold);
    for (int i = 0; i < 40; ++i) {
      std::string text = RandomText(random, 12, "abABcde\xC3\xA9");
      if (i % 3 == 0) text += patterns[random() % patterns.size()];
      const auto matches_text = [&](std::string_view pattern) { return GlobMatch(pattern, text, fold); };
      const bool expected = std::ranges::any_of(views, matches_text);
      ASSERT_EQ(set.Matches(text), expected) << text;
      matches += expected ? 1 : 0;
    }
  }
  EXPECT_GT(matches, 2'000);
  EXPECT_LT(matches, 10'000);
}

// Parts with `?` in texts that are searched by blocks, and a character of several bytes among them now and then.
TEST(GlobTest, PartsWithMarksInLongTextsAgreeWithTheReference) {
  std::mt19937 random(23);
  int matches = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string part = RandomText(random, round % 50 == 0 ? 40 : 6, "aB?");
    const std::string pattern = "*" + part + "?" + RandomText(random, 4, "b?") + "*" + RandomText(random, 3, "a*?");
    std::string text = RandomText(random, 80, round % 3 == 0 ? "ab" : "aabBc");
    if (round % 2 == 0 && !text.empty()) text.insert(random() % text.size(), "\xC3\xA9");
    const bool fold = round % 4 < 2;
    const std::string_view view = pattern;
    const bool expected = GlobMatch(pattern, text, fold);
    ASSERT_EQ(GlobSet(std::span(&view, 1), fold).Matches(text), expected) << pattern << " on " << text;
    matches += expected ? 1 : 0;
  }
  EXPECT_GT(matches, 2'000);
  EXPECT_LT(matches, 18'000);
}

// Patterns with more than one part, whose beginning is as long as what tells them apart at a glance, or longer.
TEST(GlobTest, SetsWithLongBeginningsAgreeWithTheReference) {
  std::mt19937 random(22);
  int matches = 0;
  for (int round = 0; round < 20'000; ++round) {
    const bool fold = round % 2 != 0;
    std::vector<std::string> patterns;
    for (size_t i = 1 + random() % 4; i > 0; --i) {
      std::string pattern = random() % 2 == 0 ? "?" : "";
      pattern += RandomText(random, 12, "aA:") + (random() % 4 == 0 ? "?" : "") + RandomText(random, 4, "aA");
      patterns.push_back(pattern + "*" + RandomText(random, 3, "b?"));
    }
    const std::vector<std::string_view> views(patterns.begin(), patterns.end());
    const GlobSet set(views, fold);
    for (const std::string& pattern : patterns) {
      std::string text = pattern;
      for (char& c : text) {
        if (c == '?' || c == '*') c = "a:b"[random() % 3];
        if (random() % 8 == 0) c = static_cast<char>(c ^ 0x20);
      }
      if (random() % 4 == 0) text.insert(0, "\xC3\xA9");
      if (random() % 4 == 0) text.resize(random() % (text.size() + 1));
      bool expected = false;
      for (const std::string_view view : views) expected = expected || GlobMatch(view, text, fold);
      ASSERT_EQ(set.Matches(text), expected) << pattern << " on " << text;
      matches += expected ? 1 : 0;
    }
  }
  EXPECT_GT(matches, 5'000);
}

TEST(GlobTest, AnEmptySetMatchesNothing) {
  EXPECT_FALSE(GlobSet({}, false).Matches(""));
  EXPECT_FALSE(GlobSet({}, true).Matches("a"));
}

TEST(GlobTest, ManyStarsOnARepetitiveText) {
  const std::string text(100'000, 'a');
  const std::string_view pattern = "*a*a*a*a*a*a*a*a*b";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(GlobMatch(pattern, text, false));
  EXPECT_FALSE(GlobSet(std::span(&pattern, 1), true).Matches(text));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace eqlc
