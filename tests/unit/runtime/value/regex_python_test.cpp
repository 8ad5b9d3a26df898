#include "runtime/value/regex_python.h"

#include <gtest/gtest.h>

#include "runtime/value/regex.h"

namespace eqlc {
namespace {

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

}  // namespace
}  // namespace eqlc
