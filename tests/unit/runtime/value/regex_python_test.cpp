#include "runtime/value/regex_python.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "runtime/value/regex.h"

namespace eqlc {
namespace {

using ::testing::StartsWith;

bool Matches(std::string_view pattern, std::string_view text, bool fold = false) {
  const auto set = RegexSet::CompilePython({&pattern, 1}, fold);
  EXPECT_TRUE(set.ok()) << pattern << ": " << set.error().message;
  return set.ok() && (*set)->Matches(text);
}

std::string Fault(std::string_view pattern) {
  const auto translated = regex::FromPython(pattern);
  return translated ? "accepted" : translated.error().message;
}

TEST(RegexPythonTest, MatchesAtTheBeginning) {
  EXPECT_TRUE(Matches("ab", "abc"));
  EXPECT_FALSE(Matches("bc", "abc"));
  EXPECT_TRUE(Matches("", "abc"));
  EXPECT_TRUE(Matches("^ab|^x", "xyz"));
  EXPECT_TRUE(Matches(".*c", "a\nbc"));
}

TEST(RegexPythonTest, Ends) {
  EXPECT_TRUE(Matches("ab$", "ab"));
  EXPECT_TRUE(Matches("ab$", "ab\n"));
  EXPECT_FALSE(Matches("ab$", "abc"));
  EXPECT_TRUE(Matches("a(b$|c)", "acd"));
  EXPECT_FALSE(Matches("a(b$|c)", "abd"));
  EXPECT_TRUE(Matches("a$|ab", "abc"));
  EXPECT_TRUE(Matches(R"(ab\Z)", "ab"));
  EXPECT_FALSE(Matches(R"(ab\Z)", "ab\n"));
  EXPECT_TRUE(Matches(R"(a(b\Z|c$))", "ac\n"));
  EXPECT_FALSE(Matches(R"(a(b\Z|c$))", "ab\n"));
  EXPECT_TRUE(Matches("$", "\n"));
}

TEST(RegexPythonTest, RepetitionsClassesAndEscapes) {
  EXPECT_TRUE(Matches(R"(.*?net1\s+\w{4,15}\s+.*?)", "cmd net1  users  x"));
  EXPECT_FALSE(Matches("a+?b", "b"));
  EXPECT_TRUE(Matches("a{2,}?b", "aab"));
  EXPECT_TRUE(Matches("a{,2}b", "b"));
  EXPECT_TRUE(Matches("a{x}", "a{x}"));
  EXPECT_TRUE(Matches(R"([^\d\]a-c-]+$)", "xyz"));
  EXPECT_FALSE(Matches(R"([^\d\]a-c-]+$)", "x-z"));
  EXPECT_TRUE(Matches(R"((?:a|b)(?P<name>c)\.\x41\u00e9)", "bc.A\u00e9"));
  EXPECT_TRUE(Matches(R"(\tA\/)", "\tA/"));
  EXPECT_TRUE(Matches("(?i)a", "a"));
}

TEST(RegexPythonTest, SpacesAreTheSameInClasses) {
  for (const std::string_view space : {" ", "\t", "\n", "\r", "\f", "\v", "\x1C", "\x1F"}) {
    EXPECT_TRUE(Matches(R"([\s])", space) && Matches(R"([^\S])", space) && Matches(R"(\s)", space)) << space;
    EXPECT_FALSE(Matches(R"([\S])", space) || Matches(R"([^\s])", space) || Matches(R"([\Sx]$)", space)) << space;
  }
  for (const std::string_view other :
       {std::string_view("\0", 1), std::string_view("\x08"), std::string_view("\x0E"), std::string_view("\x1B"),
        std::string_view("!"), std::string_view("-"), std::string_view("a"), std::string_view("\u00e9"),
        std::string_view("\U0010FFFF")}) {
    EXPECT_TRUE(Matches(R"([\S])", other) && Matches(R"([^\s])", other) && Matches(R"([\S ])", other)) << other;
    EXPECT_FALSE(Matches(R"([\s])", other) || Matches(R"([^\S])", other)) << other;
  }
  EXPECT_TRUE(Matches(R"([\S])", "A", true));
}

TEST(RegexPythonTest, AFlagAsksToIgnoreCase) {
  EXPECT_TRUE(regex::IgnoresCase("(?i)a") && regex::IgnoresCase("(?si)"));
  EXPECT_FALSE(regex::IgnoresCase("(?s)i") || regex::IgnoresCase("a(?i)") || regex::IgnoresCase("(?i"));
}

// What Lucene takes for operators stands for itself.
TEST(RegexPythonTest, LuceneOperatorsAreOrdinary) {
  for (const std::string_view text : {"a&b", "~a", "a@b", "a#", "<1-2>", "\"a\"", "a-b", "a b"}) {
    EXPECT_TRUE(Matches(std::string(text) + "$", text)) << text;
  }
  EXPECT_FALSE(Matches("@$", "abc"));
}

TEST(RegexPythonTest, FoldsWhenAsked) {
  EXPECT_TRUE(Matches("CMD[a-c]", "cmdB", true));
  EXPECT_FALSE(Matches("CMD", "cmd"));
}

TEST(RegexPythonTest, SaysWhatIsWrong) {
  for (const std::string_view pattern : {"*", "a**", "(", "a)", "[a", R"(a\)", R"(\bx)", R"((a)\1)", "(?=a)", "(?<!a)b",
                                         "a$b", "(a$)*", "a^b", "(?P<x", R"(\xz)", "a{3,2}"}) {
    EXPECT_FALSE(RegexSet::CompilePython({&pattern, 1}, false).ok()) << pattern;
  }
  EXPECT_EQ(Fault("a$b"), "nothing can follow `$` at offset 2");
}

TEST(RegexPythonTest, NestingIsBounded) {
  const std::string deep = std::string(100'000, '(') + "a" + std::string(100'000, ')');
  EXPECT_NE(Fault(deep), "accepted");
}

std::string Repeat(std::string_view text, size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}

// Of a size that a query may have; anything quadratic takes minutes.
TEST(RegexPythonTest, LongPatternsTakeLinearTime) {
  constexpr size_t kMany = 900'000;
  const std::clock_t begin = std::clock();
  EXPECT_EQ(regex::FromPython(Repeat("a", kMany)).value(), "(" + Repeat("a", kMany) + ")@");
  EXPECT_EQ(regex::FromPython(Repeat("a|", kMany / 2)).value(), "(" + Repeat("a|", kMany / 2) + ")@");
  EXPECT_EQ(Fault(Repeat("a$|", kMany / 3)), "accepted");
  EXPECT_EQ(Fault(Repeat("{", kMany)), "accepted");
  EXPECT_EQ(Fault(Repeat("a{1,", kMany / 4) + "}"), "accepted");
  EXPECT_EQ(Fault(Repeat("a?", kMany / 2)), "accepted");
  EXPECT_EQ(Fault(Repeat("(", 249) + Repeat("a", kMany) + Repeat(")", 249)), "accepted");
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 20);
}

// All that stands before a part with `$` is written once more for it.
TEST(RegexPythonTest, CopiesAreBounded) {
  EXPECT_EQ(Fault(Repeat("(a|b$)", 700)), "accepted");
  const std::string much = "too much before parts that end with `$` (at most 1048576 bytes, counted for each)";
  EXPECT_THAT(Fault(Repeat("(a|b$)", 2'000)), StartsWith(much));
  EXPECT_THAT(Fault(Repeat("a", 1'000) + Repeat("(a|b$)", 2'000)), StartsWith(much));
  EXPECT_THAT(Fault(Repeat("(" + Repeat("(a|b$)", 500) + "|c$)", 10)), StartsWith(much));
  EXPECT_THAT(Fault(Repeat(Repeat("(a|b$)", 500) + "|", 10)), StartsWith(much)) << "all alternatives together";
}

// As it was written, not as it was translated.
TEST(RegexPythonTest, ErrorsNameThePattern) {
  const std::string_view pattern = "(a{999}){999}b$";
  const auto set = RegexSet::CompilePython({&pattern, 1}, false);
  ASSERT_FALSE(set.ok());
  EXPECT_THAT(set.error().message, StartsWith("regular expression '(a{999}){999}b$': takes too many states"));
}

}  // namespace
}  // namespace eqlc
