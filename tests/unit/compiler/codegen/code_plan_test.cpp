#include "compiler/codegen/code_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

// Conditions of `leaves` leaves each, no two alike.
void AddConditions(RulesUnderTest& rules, int count, int leaves) {
  for (int i = 0; i < count; ++i) {
    std::vector<ExprId> operands;
    for (int k = 0; k < leaves; ++k) {
      operands.push_back(
          rules.Leaf(rules.Match(Op::kEq, "x", {"text " + std::to_string(i) + " " + std::to_string(k)})));
    }
    rules.Condition(rules.Make(Op::kAny, operands));
  }
}

TEST(CodePlanTest, PartsAreTheWhole) {
  RulesUnderTest rules;
  AddConditions(rules, 300, 10);
  const CodePlan plan(rules.module());
  EXPECT_EQ(plan.Whole().conditions.size(), 300u);
  const std::vector<CodePart> parts = plan.Split(plan.Whole());
  EXPECT_GT(parts.size(), 3u);
  std::vector<abi::ConditionId> all;
  for (const CodePart& part : parts) all.insert(all.end(), part.conditions.begin(), part.conditions.end());
  EXPECT_EQ(all, plan.Whole().conditions);
}

TEST(CodePlanTest, FewConditionsAreOnePart) {
  RulesUnderTest rules;
  AddConditions(rules, 3, 10);
  const CodePlan plan(rules.module());
  EXPECT_EQ(plan.Split(plan.Whole()).size(), 1u);
  EXPECT_TRUE(plan.Split({}).empty());
}

TEST(CodePlanTest, ALargeConditionHasAPartToItself) {
  RulesUnderTest rules;
  AddConditions(rules, 1, 10);
  AddConditions(rules, 2, 3'000);
  const CodePlan plan(rules.module());
  const std::vector<CodePart> parts = plan.Split(plan.Whole());
  ASSERT_EQ(parts.size(), 3u);
  for (const CodePart& part : parts) EXPECT_EQ(part.conditions.size(), 1u);
}

TEST(CodePlanTest, SomeConditionsAreThoseThatAreNotLarge) {
  RulesUnderTest rules;
  AddConditions(rules, 3, 10);
  AddConditions(rules, 1, 200);
  const CodePlan plan(rules.module());
  const CodePart some = plan.Some(std::vector<abi::ConditionId>{3, 2, 0});
  EXPECT_EQ(some.conditions, (std::vector<abi::ConditionId>{2, 0}));
  EXPECT_TRUE(some.transitions.empty());
}

TEST(CodePlanTest, NamesTellTheRule) {
  RulesUnderTest rules;
  const abi::ConditionId condition = rules.LeafCondition(rules.Match(Op::kEq, "x", {"a"}));
  ir::Rule rule;
  rule.id = "office \"macro\" runs\nshell";
  rule.items.push_back({.condition = condition, .keys = {}});
  rules.module().AddRule(rule);
  EXPECT_EQ(CodePlan(rules.module()).ConditionName(condition), "eqlc_condition_0");
  const CodePlan plan(rules.module(), SymbolNames::kWithRule);
  EXPECT_EQ(plan.ConditionName(condition), "eqlc_condition_0.office__macro__runs_shell");
  EXPECT_EQ(plan.TransitionName(0), "eqlc_advance_0.office__macro__runs_shell");
}

}  // namespace
}  // namespace eqlc::testing
