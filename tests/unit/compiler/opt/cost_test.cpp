#include "compiler/opt/cost.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::opt {
namespace {

Estimate Of(std::string_view test) {
  ir::Module module;
  testing::AddRule("any where " + std::string(test), module);
  return EstimateLeaf(module, module.conditions()[0]);
}

TEST(Cost, FromCheapToDear) {
  double last = 0;
  for (const char* test :
       {"x == null", "x == 1", "x in (\"a\", \"b\")", "x in (1, 2, 3, 4, 5, 6, 7, 8, 9)", "cidrMatch(x, \"::1/128\")",
        "x : (\"a*b*c\", \"d?\")", "x regex \"a.b\"", "length(x) == 3"}) {
    EXPECT_GT(Of(test).cost, last) << test;
    last = Of(test).cost;
  }
}

TEST(Cost, OnePatternIsAsCheapAsAComparison) {
  EXPECT_EQ(Of("x : \"a*b\"").cost, Of("x == 1").cost);
  EXPECT_LE(Of("x : \"*a\"").cost, kCheapLeaf);
  EXPECT_GT(Of("x : \"*a*\"").cost, kCheapLeaf);
}

TEST(Cost, MoreMembersAreMoreLikely) {
  EXPECT_LT(Of("x == 1").probability, Of("x in (1, 2)").probability);
  EXPECT_LT(Of("x in (1, 2)").probability, Of("event.type == \"start\"").probability);
  EXPECT_LT(Of("event.type == \"start\"").probability, 1);
}

TEST(Cost, NegationCostsNothing) {
  const Estimate test = Of("x == 1"), negated = Negated(test);
  EXPECT_EQ(negated.cost, test.cost);
  EXPECT_DOUBLE_EQ(negated.probability, 1 - test.probability);
}

TEST(Cost, SearchesAreLoops) { EXPECT_GT(EstimateSearch(Of("x == 1")).cost, Of("length(x) == 3").cost); }

}  // namespace
}  // namespace eqlc::opt
