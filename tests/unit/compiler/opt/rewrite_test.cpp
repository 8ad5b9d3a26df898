#include "compiler/opt/rewrite.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::opt {
namespace {

TEST(Rewrite, EachConditionOnceFromTheLeavesUpwards) {
  ir::Module module;
  testing::AddRule("any where a == 1 and (b == 2 or not c == 3)", module);
  testing::AddRule("any where b == 2 or not c == 3", module);
  std::vector<ExprId> seen;
  RewriteConditions(module, [&](ExprId id, std::span<const ExprId> args) {
    EXPECT_TRUE(seen.empty() || seen.back() < id);
    EXPECT_EQ(args.size(), module.expr(id).op == Op::kLeaf ? 0 : module.args(id).size());
    seen.push_back(id);
    return WithArgs(module, id, args);
  });
  EXPECT_EQ(seen.size(), 6u) << "three leaves, a negation and two junctions";
}

TEST(Rewrite, ReplacesALeafEverywhere) {
  ir::Module module;
  testing::AddRule("any where a == 1 and not b == 2", module);
  testing::AddRule("any where c == 3 or b == 2", module);
  testing::AddRule("any where d == 4", module);
  const ExprId from = AsTest(module, module.args(module.conditions()[0])[1]).atom;
  const ExprId to = module.conditions()[2];
  RewriteConditions(
      module, [&](ExprId id, std::span<const ExprId> args) { return id == from ? to : WithArgs(module, id, args); });
  EXPECT_EQ(ir::PrintExpr(module, module.conditions()[0]), "(all (leaf (eq a 1)) (never (leaf (eq d 4))))");
  EXPECT_EQ(ir::PrintExpr(module, module.conditions()[1]), "(any (leaf (eq c 3)) (leaf (eq d 4)))");
}

TEST(Rewrite, NegationOfAJunctionIsPushedDown) {
  ir::Module module;
  testing::AddRule("any where not a == 1", module);
  testing::AddRule("any where b == 2 and c == 3", module);
  const ExprId junction = module.conditions()[1];
  const ExprId now = WithArgs(module, module.conditions()[0], {&junction, 1});
  EXPECT_EQ(ir::PrintExpr(module, now), "(any (never (leaf (eq b 2))) (never (leaf (eq c 3))))");
}

TEST(Rewrite, Tests) {
  ir::Module module;
  testing::AddRule("any where not a == 1", module);
  const opt::Test test = AsTest(module, module.conditions()[0]);
  EXPECT_TRUE(test.negated);
  EXPECT_EQ(module.expr(test.atom).op, Op::kLeaf);
  EXPECT_FALSE(AsTest(module, test.atom).negated);
  EXPECT_FALSE(IsJunction(module, test.atom));
}

}  // namespace
}  // namespace eqlc::opt
