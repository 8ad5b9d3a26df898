#include "compiler/index/regex_factors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/regex.h"
#include "tests/support/has_factor.h"

namespace eqlc::index {
namespace {

std::vector<Factor> FactorsOfPattern(const std::string& pattern, bool fold = false) {
  const Result<regex::Tree> tree = regex::Parse(pattern, fold);
  EXPECT_TRUE(tree) << pattern;
  return tree ? FactorsOf(*tree) : std::vector<Factor>();
}

// As `^abc`, `abc$`, `*abc*`, `=abc`, in order.
std::string Shown(const std::vector<Factor>& factors) {
  std::string shown;
  for (const Factor& factor : factors) {
    if (!shown.empty()) shown += ' ';
    switch (factor.kind) {
      case TestKind::kPresent:
        return "unusable";
      case TestKind::kEqual:
        shown += '=' + factor.text;
        break;
      case TestKind::kPrefix:
        shown += '^' + factor.text;
        break;
      case TestKind::kSuffix:
        shown += factor.text + '$';
        break;
      case TestKind::kContains:
        shown += '*' + factor.text + '*';
        break;
    }
  }
  return shown;
}

TEST(RegexFactorsTest, Table) {
  const struct {
    const char* pattern;
    const char* factors;
  } cases[] = {
      {R"(cmd\.exe)", "=cmd.exe"},
      {R"(Cmd|PWSH)", "=cmd =pwsh"},
      {R"(a(b|c)?d)", "=abd =acd =ad"},
      {R"([ab]{1}x)", "=ax =bx"},
      {"", "="},
      {R"([a-z0-9]\.sls)", ".sls$"},
      {R"((C:\\Temp \(x86\)\\|C:\\Files\\)\w+.exe)", "^c:\\files\\ ^c:\\temp (x86)\\"},
      {R"(.*\\(cmd|powershell)\.exe)", "\\cmd.exe$ \\powershell.exe$"},
      {R"(.*http://.*)", "*http://*"},
      {R"(.*(curl|wget) .*)", "*curl * *wget *"},
      {R"((abcd)+x*)", "^abcd"},
      {R"((abcd)*)", ""},
      {R"((abcd){2,5}.*)", "^abcdabcd"},
      {R"((abcd){0})", "="},
      {R"((ab){3})", "=ababab"},
      {R"((ab){2,3})", "^abab"},
      {R"(.*[ ]{5,}.*)", "*     *"},
      {R"(([^ ]+[ ]{4,}[^ ]*){3,}.*)", "*    *"},
      {R"(.*([ab]c){3}x)", "acacacx$ acacbcx$ acbcacx$ acbcbcx$ bcacacx$ bcacbcx$ bcbcacx$ bcbcbcx$"},
      {R"((a|){60})", ""},
      {R"(ab.*|.*cd)", "^ab cd$"},
      {R"(ab.*|.*)", ""},
      {R"(.*abc.*)", ""},
      {R"(~(abcd))", ""},
      {R"(abcd.*&.*wxyz)", "^abcd"},
      {R"([a-z]+)", ""},
      {R"(\d+\.\d+)", ""},
      {"\xC3\xA9t\xC3\xA9.*", "^\xC3\xA9t\xC3\xA9"},
  };
  for (const auto& c : cases) {
    std::vector<Factor> factors = FactorsOfPattern(c.pattern, true);
    std::ranges::sort(factors, {}, [](const Factor& f) { return Shown({f}); });
    EXPECT_EQ(Shown(factors), c.factors) << c.pattern;
  }
}

TEST(RegexFactorsTest, LongTextsAndManyAlternativesStayBounded) {
  const std::string word(300, 'x');
  EXPECT_EQ(Shown(FactorsOfPattern(word + ".*")), '^' + word.substr(0, 48));
  EXPECT_EQ(Shown(FactorsOfPattern(".*" + word)), word.substr(0, 48) + '$');
  std::string many = "aa";
  for (int i = 0; i < 200; ++i) many += "|ab" + std::to_string(i);
  EXPECT_EQ(Shown(FactorsOfPattern('(' + many + ").*")), "");
  EXPECT_EQ(Shown(FactorsOfPattern("([ab][ab][ab][ab][ab][ab][ab][ab])end")),
            "aaaend$ aabend$ abaend$ abbend$ baaend$ babend$ bbaend$ bbbend$");
}

std::string RandomPattern(std::mt19937& random, int depth) {
  const char* const atoms[] = {"a", "b", "ab", "Ba", "[ab]", "[^a]", ".", "aab", "bbab", "()"};
  if (depth == 0) return atoms[random() % std::size(atoms)];
  const std::string a = RandomPattern(random, depth - 1), b = RandomPattern(random, depth - 1);
  switch (random() % 9) {
    case 0:
      return '(' + a + '|' + b + ')';
    case 1:
      return '(' + a + ")*";
    case 2:
      return '(' + a + ")+";
    case 3:
      return '(' + a + ")?";
    case 4:
      return '(' + a + "){2,3}";
    case 5:
      return '(' + a + '&' + b + ')';
    case 6:
      return "~(" + a + ')';
    default:
      return a + b;
  }
}

// Whatever a pattern matches has one of its factors.
TEST(RegexFactorsTest, NoMatchIsLost) {
  std::mt19937 random(5);
  size_t with_factors = 0, matched = 0;
  for (int round = 0; round < 4'000; ++round) {
    const std::string pattern = RandomPattern(random, static_cast<int>(1 + random() % 3));
    const bool fold = round % 2 != 0;
    const std::vector<Factor> factors = FactorsOfPattern(pattern, fold);
    if (factors.empty()) continue;
    ++with_factors;
    const std::string_view view = pattern;
    const auto set = RegexSet::Compile(std::span(&view, 1), fold);
    ASSERT_TRUE(set) << pattern;
    for (int i = 0; i < 60; ++i) {
      std::string text(random() % 9, 'a');
      for (char& c : text) c = "aabBA"[random() % 5];
      if (!(*set)->Matches(text)) continue;
      ++matched;
      ASSERT_TRUE(std::ranges::any_of(factors, [&](const Factor& f) { return testing::HasFactor(text, f); }))
          << pattern << " on " << text << ": " << Shown(factors);
    }
  }
  EXPECT_GT(with_factors, 1'000u);
  EXPECT_GT(matched, 1'000u);
}

}  // namespace
}  // namespace eqlc::index
