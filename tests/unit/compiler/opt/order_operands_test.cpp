// The order of operands: what is cheap and likely to decide first, and the same however they were written.
#include <gtest/gtest.h>

#include "tests/unit/compiler/opt/optimized.h"

namespace eqlc::opt {
namespace {

std::string Ordered(std::string_view text) { return testing::After({OrderOperands}, text); }
std::string Plain(std::string_view text) { return testing::After({}, text); }

TEST(OrderOperands, CheapOnesFirst) {
  EXPECT_EQ(Ordered("x regex \"a.b\" and y == 1"), Plain("y == 1 and x regex \"a.b\""));
  EXPECT_EQ(Ordered("length(x) == 3 or y == 1"), Plain("y == 1 or length(x) == 3"));
}

// A value is rare, so its test ends an `and` and its negation ends an `or`.
TEST(OrderOperands, LikelyToDecideFirst) {
  EXPECT_EQ(Ordered("x != 1 and y == 1"), Plain("y == 1 and x != 1"));
  EXPECT_EQ(Ordered("y == 1 or x != 1"), Plain("x != 1 or y == 1"));
}

// For the conditions that the rule index leaves it nearly always holds.
TEST(OrderOperands, KindOfEventLater) {
  EXPECT_EQ(Ordered("event.type == \"start\" and x == 1"), Plain("x == 1 and event.type == \"start\""));
}

TEST(OrderOperands, JunctionsByWhatTheyCostTogether) {
  EXPECT_EQ(Ordered("(a == 1 or b == 2 or c == 3 or d == 4) and y == 1"),
            Plain("y == 1 and (a == 1 or b == 2 or c == 3 or d == 4)"));
}

TEST(OrderOperands, EqualConditionsAreOne) {
  ir::Module module;
  testing::AddRule("any where a == 1 and (b == 2 or c == 3)", module);
  testing::AddRule("any where (c == 3 or b == 2) and a == 1", module);
  OrderOperands(module);
  EXPECT_EQ(module.conditions()[0], module.conditions()[1]);
  module.Prune();
  EXPECT_EQ(module.conditions().size(), 1u);
  EXPECT_EQ(module.rules()[1].items[0].condition, 0u);
  EXPECT_EQ(ir::Verify(module), "");
}

}  // namespace
}  // namespace eqlc::opt
