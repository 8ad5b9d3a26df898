// What alternatives have in common is tested once.
#include <gtest/gtest.h>

#include "tests/unit/compiler/opt/optimized.h"

namespace eqlc::opt {
namespace {

std::string Factored(std::string_view text) { return testing::After({FactorOperands}, text); }
std::string Plain(std::string_view text) { return testing::After({}, text); }

TEST(FactorOperands, CommonConjunct) {
  EXPECT_EQ(Factored("(a == 1 and b == 2) or (a == 1 and c == 3)"), Plain("a == 1 and (b == 2 or c == 3)"));
  EXPECT_EQ(Factored("(a == 1 and b == 2 and c == 3) or (c == 3 and a == 1 and d == 4)"),
            Plain("a == 1 and c == 3 and (b == 2 or d == 4)"));
}

// The rule index makes the best of three alternatives, which may be more than the best of one and a pair.
TEST(FactorOperands, CommonToSomeAlternativesOnly) {
  const char* text = "(a == 1 and b == 2) or d == 4 or (a == 1 and c == 3)";
  EXPECT_EQ(Factored(text), Plain(text));
  EXPECT_EQ(Factored("not (a == 1 and b == 2) and d == 4 and not (a == 1 and c == 3)"),
            Plain("(a != 1 or (b != 2 and c != 3)) and d == 4"));
}

TEST(FactorOperands, AnAlternativeThatIsTheCommonPart) {
  EXPECT_EQ(Factored("a == 1 or (a == 1 and c == 3)"), Plain("a == 1"));
}

TEST(FactorOperands, JoinsTheConjunctionAround) {
  EXPECT_EQ(Factored("d == 4 and ((a == 1 and b == 2) or (a == 1 and c == 3))"),
            Plain("d == 4 and a == 1 and (b == 2 or c == 3)"));
}

TEST(FactorOperands, RestsHaveCommonPartsToo) {
  EXPECT_EQ(Factored("not (a == 1 and b == 2 and c == 3) and not (a == 1 and b == 2 and d == 4) and "
                     "not (a == 1 and e == 5)"),
            Plain("a != 1 or ((b != 2 or (c != 3 and d != 4)) and e != 5)"));
}

TEST(FactorOperands, ExclusionsWithACommonPart) {
  EXPECT_EQ(Factored("not (a == 1 and b == 2) and not (a == 1 and c == 3)"), Plain("a != 1 or (b != 2 and c != 3)"));
}

// The rule index asks for a or b, and for a or c; of `a or (b and c)` it asks less.
TEST(FactorOperands, AlternativesThatTheIndexUsesStay) {
  const char* text = "(a == 1 or b == 2) and (a == 1 or c == 3)";
  EXPECT_EQ(Factored(text), Plain(text));
  const char* present = "(a != null or b == 2) and (a != null or c == 3)";
  EXPECT_EQ(Factored(present), Plain(present));
}

TEST(FactorOperands, NothingInCommon) {
  const char* text = "(a == 1 and b == 2) or (c == 3 and d == 4)";
  EXPECT_EQ(Factored(text), Plain(text));
}

// An image holds expressions of limited depth.
TEST(FactorOperands, DeepConditionsStay) {
  std::string deep = "z == 0";
  for (int i = 0; i < 100; ++i) {
    deep = "(a == 1 and (b == 2 or " + deep + ")) or (a == 1 and c == " + std::to_string(i) + ")";
    deep = "(d == 4 and (" + deep + "))";
  }
  EXPECT_NE(Factored(deep), "");
}

}  // namespace
}  // namespace eqlc::opt
