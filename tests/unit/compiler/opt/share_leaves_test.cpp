// Which spellings of a test are one leaf, and which only look so.
#include <gtest/gtest.h>

#include "tests/unit/compiler/opt/optimized.h"

namespace eqlc::opt {
namespace {

std::string Shared(std::string_view text, Dialect dialect = Dialect::kElastic) {
  return testing::After({ShareLeaves}, text, dialect);
}

TEST(ShareLeaves, PatternWithoutWildcardIsEquality) {
  EXPECT_EQ(Shared("x like \"Cmd\""), "(leaf (eq x \"Cmd\"))");
  EXPECT_EQ(Shared("x : \"Cmd\""), "(leaf (like~ x \"cmd\"))");
  EXPECT_EQ(Shared("x like (\"b\", \"a\")"), "(leaf (in x \"a\" \"b\"))");
  EXPECT_EQ(Shared("x : (\"b\", \"A\")"), Shared("x in~ (\"a\", \"B\")"));
  EXPECT_EQ(Shared("x : \"\""), "(leaf (eq x \"\"))");
}

// Numbers and booleans are equal to their texts, but match no pattern.
TEST(ShareLeaves, TextThatNumbersEqualStaysAPattern) {
  EXPECT_EQ(Shared("x : \"4\""), "(leaf (like x \"4\"))");
  EXPECT_EQ(Shared("x == \"4\""), "(leaf (eq x \"4\"))");
  EXPECT_EQ(Shared("x : \"TRUE\""), "(leaf (like~ x \"true\"))");
  EXPECT_EQ(Shared("x : (\"a\", \"1e3\")"), "(leaf (like~ x \"1e3\" \"a\"))");
}

TEST(ShareLeaves, OneElementIsEquality) {
  EXPECT_EQ(Shared("x in~ (\"A\")"), "(leaf (like~ x \"a\"))");
  EXPECT_EQ(Shared("x in (\"A\")"), Shared("x == \"A\""));
}

TEST(ShareLeaves, CaseCountsOnlyWhereThereAreLetters) {
  EXPECT_EQ(Shared("x : \"/-é\""), "(leaf (eq x \"/-é\"))");
  EXPECT_EQ(Shared("x : \"/*\""), Shared("x like \"/*\""));
  EXPECT_EQ(Shared("x in~ (4, 5)"), Shared("x in (4, 5)"));
  EXPECT_NE(Shared("x : \"a*\""), Shared("x like \"a*\""));
  // Folding is of ASCII alone.
  EXPECT_NE(Shared("x : \"É*\""), Shared("x : \"é*\""));
}

// `in~ ("TRUE")` takes the text in any case, but not the boolean, which only "true" is equal to.
TEST(ShareLeaves, NamesOfBooleansKeepTheirCaseInSets) {
  EXPECT_EQ(Shared("x in~ (\"TRUE\", \"B\")"), "(leaf (in~ x \"TRUE\" \"b\"))");
  EXPECT_NE(Shared("x in~ (\"TRUE\")"), Shared("x in~ (\"true\")"));
}

TEST(ShareLeaves, StarsInARowAreOne) {
  EXPECT_EQ(Shared("x like \"a**b\""), "(leaf (like x \"a*b\"))");
  EXPECT_EQ(Shared("x : (\"a\", \"**\", \"b?\")"), "(leaf (like x \"*\"))");
}

TEST(ShareLeaves, CallsThatArePatterns) {
  EXPECT_EQ(Shared("startsWith(x, \"a\")"), "(leaf (like x \"a*\"))");
  EXPECT_EQ(Shared("endsWith~(x, \"A\")"), "(leaf (like~ x \"*a\"))");
  EXPECT_EQ(Shared("stringContains(x, \"a\")"), "(leaf (like x \"*a*\"))");
  // A wildcard in the text is an ordinary character there; the empty text is in none.
  EXPECT_EQ(Shared("startsWith(x, \"a*\")"), "(leaf (call startsWith x \"a*\"))");
  EXPECT_EQ(Shared("stringContains(x, \"\")"), "(leaf (call stringContains x \"\"))");
  EXPECT_EQ(Shared("startsWith(x, y)"), "(leaf (call startsWith x y))");
}

// Above a leaf null and false are alike; below one `not` tells them apart.
TEST(ShareLeaves, ValuesBelowALeafStay) {
  EXPECT_EQ(Shared("(x : \"a\") == null"), "(leaf (is_null (like~ x \"a\")))");
}

TEST(ShareLeaves, OperandMayBeAnyValue) {
  EXPECT_EQ(Shared("substring(x, 1) : \"A\""), "(leaf (like~ (call substring x 1) \"a\"))");
}

TEST(ShareLeaves, BlocksAreASet) {
  EXPECT_EQ(Shared("cidrMatch(x, \"10.0.0.0/8\", \"::1/128\", \"10.0.0.0/8\")"),
            "(leaf (call cidrMatch x \"10.0.0.0/8\" \"::1/128\"))");
}

TEST(ShareLeaves, RegularExpressionsStay) { EXPECT_EQ(Shared("x regex~ \"\\\\W\""), "(leaf (regex~ x \"\\\\W\"))"); }

// `?` is an ordinary character, no type equals another, and a missing value is still no member.
TEST(ShareLeaves, Python) {
  EXPECT_EQ(Shared("wildcard(x, \"A?\")", Dialect::kPython), "(leaf (eq~! [x] \"a?\"))");
  EXPECT_EQ(Shared("x == \"4\"", Dialect::kPython), "(leaf (eq! [x] \"4\"))");
  EXPECT_EQ(Shared("not x == \"A\"", Dialect::kPython), "(leaf (not (eq~! [x] \"A\")))");
}

TEST(ShareLeaves, RulesShareTheLeaf) {
  ir::Module module;
  testing::AddRule("any where x : \"Cmd.exe\"", module);
  testing::AddRule("any where x in~ (\"CMD.EXE\")", module);
  ASSERT_EQ(module.conditions().size(), 2u);
  ShareLeaves(module);
  EXPECT_EQ(module.conditions()[0], module.conditions()[1]);
}

}  // namespace
}  // namespace eqlc::opt
