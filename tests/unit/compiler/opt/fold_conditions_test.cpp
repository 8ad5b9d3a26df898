// What operands of an `and` or `or` tell about each other, and what they don't: fields may be missing or have several
// values.
#include <gtest/gtest.h>

#include "tests/unit/compiler/opt/optimized.h"

namespace eqlc::opt {
namespace {

std::string Folded(std::string_view text, Dialect dialect = Dialect::kElastic) {
  return testing::After({FoldConditions}, text, dialect);
}
std::string Plain(std::string_view text, Dialect dialect = Dialect::kElastic) {
  return testing::After({}, text, dialect);
}

TEST(FoldConditions, Absorption) {
  EXPECT_EQ(Folded("a == 1 and (a == 1 or b == 2)"), Plain("a == 1"));
  EXPECT_EQ(Folded("(a == 1 or b == 2) and a == 1"), Plain("a == 1"));
  EXPECT_EQ(Folded("a == 1 or (a == 1 and b == 2)"), Plain("a == 1"));
  EXPECT_EQ(Folded("a == 1 and (b == 2 or (c == 3 and (a == 1 or d == 4)))"), Plain("a == 1 and (b == 2 or c == 3)"));
}

TEST(FoldConditions, Complement) {
  EXPECT_EQ(Folded("a == 1 and (a != 1 or b == 2)"), Plain("a == 1 and b == 2"));
  EXPECT_EQ(Folded("a == 1 or (a != 1 and b == 2)"), Plain("a == 1 or b == 2"));
  EXPECT_EQ(Folded("a != 1 and (b == 2 or a == 1)"), Plain("a != 1 and b == 2"));
}

TEST(FoldConditions, SetIncludesAnother) {
  EXPECT_EQ(Folded("x == \"a\" and x in (\"a\", \"b\")"), Plain("x == \"a\""));
  EXPECT_EQ(Folded("x in (\"a\", \"b\") and x == \"a\""), Plain("x == \"a\""));
  EXPECT_EQ(Folded("x == \"a\" or x in (\"a\", \"b\")"), Plain("x in (\"a\", \"b\")"));
  EXPECT_EQ(Folded("x : \"abc\" and x : (\"a*\", \"q\")"), Plain("x : \"abc\""));
  EXPECT_EQ(Folded("x like \"ab*c\" or x like \"a*\""), Plain("x like \"a*\""));
  EXPECT_EQ(Folded("not x in (\"a\", \"b\") and not x == \"a\""), Plain("not x in (\"a\", \"b\")"));
}

TEST(FoldConditions, OneOfTwoEqualTestsStays) {
  EXPECT_EQ(Folded("x : \"A\" and x : \"a\""), Plain("x : \"A\""));
  EXPECT_EQ(Folded("x : \"A\" or x : \"a\""), Plain("x : \"A\""));
}

// A field may have both values, and one that the pattern does not match.
TEST(FoldConditions, DifferentValuesExcludeNothing) {
  for (const char* text : {"x == \"a\" and x == \"b\"", "x : \"a*\" and x : \"b*\"", "x == 1 and x > 5",
                           "x == \"a\" and not x == \"b\"", "x : \"a*\" and x == \"abc\" and x == \"q\""}) {
    const std::string folded = Folded(text);
    EXPECT_NE(folded, "(any)") << text;
  }
  EXPECT_EQ(Folded("x == \"a\" and x == \"b\""), Plain("x == \"a\" and x == \"b\""));
  EXPECT_EQ(Folded("x == \"a\" and not x == \"b\""), Plain("x == \"a\" and not x == \"b\""));
  EXPECT_EQ(Folded("x < 5 or x >= 5"), Plain("x < 5 or x >= 5"));
}

// Negation matches where the field is missing.
TEST(FoldConditions, MissingFields) {
  EXPECT_EQ(Folded("x != null and x == \"a\""), Plain("x == \"a\""));
  EXPECT_EQ(Folded("x > 4 and x != null"), Plain("x > 4"));
  EXPECT_EQ(Folded("x == null or x != \"a\""), Plain("x != \"a\""));
  EXPECT_EQ(Folded("x != null and x != \"a\""), Plain("x != null and x != \"a\""));
  EXPECT_EQ(Folded("x == null or x == \"a\""), Plain("x == null or x == \"a\""));
  // Null is one outcome of several where the operand has fields with several values.
  EXPECT_EQ(Folded("length(x) != null and length(x) == 3"), Plain("length(x) != null and length(x) == 3"));
  // `x == y` tells the index nothing, so what asks for x stays.
  EXPECT_EQ(Folded("x != null and x == y", Dialect::kEndpoint), Plain("x != null and x == y", Dialect::kEndpoint));
}

TEST(FoldConditions, DecidedParts) {
  EXPECT_EQ(Folded("b == 1 or (x == \"a\" and not x in (\"a\", \"b\"))"), Plain("b == 1"));
  EXPECT_EQ(Folded("b == 1 and (x != \"a\" or x in (\"a\", \"b\"))"), Plain("b == 1"));
}

// The rule index has tests for the condition as it is written, and none for a constant.
TEST(FoldConditions, WhatCanNeverHoldStaysAsAWhole) {
  EXPECT_EQ(Folded("x == \"a\" and not x in (\"a\", \"b\")"), Plain("x == \"a\" and not x in (\"a\", \"b\")"));
}

TEST(FoldConditions, CaseRules) {
  EXPECT_EQ(Folded("x == \"A\" and x : \"a\""), Plain("x == \"A\""));
  EXPECT_EQ(Folded("x == \"A\" and x == \"a\""), Plain("x == \"A\" and x == \"a\""));
  EXPECT_EQ(Folded("x : \"a\" and x == \"a\""), Plain("x == \"a\""));
}

// The number 4 equals the text, and matches no pattern.
TEST(FoldConditions, NumbersAndTexts) {
  EXPECT_EQ(Folded("x == \"4\" and x : \"4*\""), Plain("x == \"4\" and x : \"4*\""));
  EXPECT_EQ(Folded("x : \"4\" and x == \"4\""), Plain("x : \"4\""));
  EXPECT_EQ(Folded("x == 4 and x == \"4\""), Plain("x == 4 and x == \"4\""));
}

TEST(FoldConditions, WildcardsOfTheMember) {
  EXPECT_EQ(Folded("x : \"a*\" and x : \"?*\""), Plain("x : \"a*\" and x : \"?*\"")) << "`?` is no star";
  EXPECT_EQ(Folded("x : \"a?\" and x : \"a*\""), Plain("x : \"a?\""));
}

// Inside a search, too, for the element that it looks at.
TEST(FoldConditions, Searches) {
  EXPECT_EQ(Folded("_arraysearch(l, $e, $e.x == 1 and ($e.x == 1 or $e.y == 2))", Dialect::kEndpoint),
            Plain("_arraysearch(l, $e, $e.x == 1)", Dialect::kEndpoint));
  EXPECT_EQ(Folded("a == 1 and _arraysearch(l, $e, $e.x == 1 or a == 1)", Dialect::kEndpoint),
            "(all (leaf (eq a 1)) (any_element $0 l[] (all)))");
  // Two searches look at two elements.
  const char* two = "_arraysearch(l, $e, $e.x == 1) and _arraysearch(l, $e, $e.x == 1 and $e.y == 2)";
  EXPECT_EQ(Folded(two, Dialect::kEndpoint), Plain(two, Dialect::kEndpoint));
}

TEST(FoldConditions, PythonComparesNullWithValues) {
  const char* text = "x != null and x == \"a\"";
  EXPECT_EQ(Folded(text, Dialect::kPython), Plain(text, Dialect::kPython));
}

}  // namespace
}  // namespace eqlc::opt
