// Substring search against std::string_view::find, for needles on both sides of the switch of algorithms.
#include "runtime/value/search.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

std::string RandomText(std::mt19937& random, size_t size, std::string_view letters) {
  std::string text(size, ' ');
  for (char& c : text) c = letters[random() % letters.size()];
  return text;
}

TEST(SearchTest, AgreesWithFind) {
  std::mt19937 random(11);
  for (int round = 0; round < 4000; ++round) {
    const std::string_view letters = round % 3 == 0 ? "ab" : round % 3 == 1 ? "aA@`" : "abAB.[{";
    const std::string text = RandomText(random, random() % 400, letters);
    std::string needle = RandomText(random, random() % 6, letters);
    if (round % 2 != 0 && !text.empty()) {  // a needle that is there, often long
      const size_t at = random() % text.size();
      needle = text.substr(at, random() % 200);
    }
    const size_t from = random() % (text.size() + 1);
    const std::string folded_text = ascii::Fold(text), folded_needle = ascii::Fold(needle);
    ASSERT_EQ(FindFirst(text, needle, false, from), text.find(needle, from)) << text << " / " << needle;
    ASSERT_EQ(FindFirst(text, needle, true, from), folded_text.find(folded_needle, from)) << text << " / " << needle;
    ASSERT_EQ(FindLast(text, needle, false), text.rfind(needle)) << text << " / " << needle;
    ASSERT_EQ(FindLast(text, needle, true), folded_text.rfind(folded_needle)) << text << " / " << needle;
  }
}

TEST(SearchTest, PeriodicNeedles) {
  for (size_t period = 1; period < 70; period += 7) {
    std::string unit(period, 'a');
    unit.back() = 'b';
    std::string needle, text = "x";
    while (needle.size() < 150) needle += unit;
    for (int i = 0; i < 5; ++i) text += needle.substr(0, needle.size() - 1) + 'x';
    EXPECT_EQ(FindFirst(text, needle, false), text.find(needle));
    text += needle + needle;
    EXPECT_EQ(FindFirst(text, needle, false), text.find(needle));
    EXPECT_EQ(FindLast(text, needle, true), text.rfind(needle));
  }
}

TEST(SearchTest, TakesLinearTimeOnRepetitiveTexts) {
  const std::string text(2'000'000, 'a');
  const std::string needle = std::string(500'000, 'a') + 'b' + std::string(500'000, 'a');
  const auto begin = std::chrono::steady_clock::now();
  for (const bool fold : {false, true}) {
    EXPECT_EQ(FindFirst(text, needle, fold), kNotFound);
    EXPECT_EQ(FindLast(text, needle, fold), kNotFound);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace eqlc
