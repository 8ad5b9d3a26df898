// Which tests become one set.
#include <gtest/gtest.h>

#include "tests/unit/compiler/opt/optimized.h"

namespace eqlc::opt {
namespace {

std::string Merged(std::string_view text, Dialect dialect = Dialect::kElastic) {
  return testing::After({ShareLeaves, MergeSets}, text, dialect);
}
std::string Shared(std::string_view text, Dialect dialect = Dialect::kElastic) {
  return testing::After({ShareLeaves}, text, dialect);
}

TEST(MergeSets, Alternatives) {
  EXPECT_EQ(Merged("x == \"a\" or x == \"b\""), Shared("x in (\"a\", \"b\")"));
  EXPECT_EQ(Merged("x : \"a\" or y == 1 or x : (\"b\", \"c*\")"), Shared("x : (\"a\", \"b\", \"c*\") or y == 1"));
  EXPECT_EQ(Merged("x == 4 or x in (5, \"a\")"), Shared("x in (4, 5, \"a\")"));
  EXPECT_EQ(Merged("startsWith(x, \"a\") or x like \"*b\""), Shared("x like (\"a*\", \"*b\")"));
}

TEST(MergeSets, Exclusions) {
  EXPECT_EQ(Merged("not x : \"a\" and not x : (\"b\", \"c*\")"), Shared("not x : (\"a\", \"b\", \"c*\")"));
  EXPECT_EQ(Merged("x != 1 and x != 2"), Shared("x not in (1, 2)"));
}

// Both values may be there: `and` of two sets is no set.
TEST(MergeSets, ConjunctionsStay) {
  EXPECT_EQ(Merged("x == \"a\" and x == \"b\""), Shared("x == \"a\" and x == \"b\""));
  EXPECT_EQ(Merged("not x == \"a\" or not x == \"b\""), Shared("not x == \"a\" or not x == \"b\""));
}

TEST(MergeSets, CaseRules) {
  EXPECT_EQ(Merged("x == \"A\" or x : \"b\""), Shared("x == \"A\" or x : \"b\""));
  EXPECT_EQ(Merged("x == \"/\" or x : \"b\""), Shared("x : (\"/\", \"b\")")) << "a text without letters has no case";
}

// The number 4 equals the text, and matches no pattern.
TEST(MergeSets, NumbersAndPatterns) {
  EXPECT_EQ(Merged("x == \"4\" or x like \"a*\""), Shared("x == \"4\" or x like \"a*\""));
  EXPECT_EQ(Merged("x == 4 or x like \"a*\""), Shared("x == 4 or x like \"a*\""));
  EXPECT_EQ(Merged("x like \"4\" or x like \"a*\""), Shared("x like (\"4\", \"a*\")"));
}

// Equal to a text with a star is something else than matched by it.
TEST(MergeSets, WildcardsInEquality) {
  EXPECT_EQ(Merged("x == \"a*\" or x like \"b*\""), Shared("x == \"a*\" or x like \"b*\""));
}

TEST(MergeSets, DifferentOperands) {
  EXPECT_EQ(Merged("x == \"a\" or y == \"b\""), Shared("x == \"a\" or y == \"b\""));
  EXPECT_EQ(Merged("substring(x, 1) == \"a\" or substring(x, 1) == \"b\""),
            Shared("substring(x, 1) in (\"a\", \"b\")"));
}

TEST(MergeSets, Python) {
  EXPECT_EQ(Merged("x == \"a\" or x == \"b*\"", Dialect::kPython), "(leaf (like~! [x] \"a\" \"b*\"))");
  EXPECT_EQ(Merged("x == \"4\" or x == \"b*\"", Dialect::kPython), "(leaf (like~! [x] \"4\" \"b*\"))");
}

// It is evaluated once an event for all who use it.
TEST(MergeSets, LeavesOfSeveralUsersStay) {
  ir::Module module;
  testing::AddRule("any where x == \"a\" or x == \"b\"", module);
  testing::AddRule("any where x == \"a\" and y == 1", module);
  const ir::ExprId before = module.conditions()[0];
  MergeSets(module);
  EXPECT_EQ(module.conditions()[0], before);
}

}  // namespace
}  // namespace eqlc::opt
