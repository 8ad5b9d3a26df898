// Module::Prune: what goes, what stays, and what is renumbered.
#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::ir {
namespace {

TEST(Prune, DropsWhatNothingReaches) {
  Module module;
  testing::AddRule("any where a == 1", module);
  testing::AddRule("any where b == 2", module);
  module.SetRoot(0, module.conditions()[1]);
  module.Prune();
  EXPECT_EQ(module.exprs().size(), 4u);
  EXPECT_EQ(module.leaf_count(), 1u);
  EXPECT_EQ(module.literals().size(), 1u);
  EXPECT_EQ(module.conditions().size(), 1u);
  EXPECT_EQ(module.rules()[0].items[0].condition, 0u);
  EXPECT_EQ(module.rules()[1].items[0].condition, 0u);
  EXPECT_EQ(PrintExpr(module, module.conditions()[0]), "(leaf (eq b 2))");
  EXPECT_EQ(Verify(module), "");
}

TEST(Prune, StaysAsItIsWithoutWaste) {
  Module module;
  testing::AddRule("process where a == 1 and not b : \"c\"", module);
  const std::string before = Print(module);
  module.Prune();
  EXPECT_EQ(Print(module), before);
}

// Nodes that are made afterwards find the ones that stayed.
TEST(Prune, NodesAreStillShared) {
  Module module;
  testing::AddRule("any where a == 1", module);
  testing::AddRule("any where b == 2", module);
  module.SetRoot(0, module.conditions()[1]);
  module.Prune();
  const size_t nodes = module.exprs().size();
  testing::AddRule("any where b == 2", module);
  EXPECT_EQ(module.exprs().size(), nodes);
  EXPECT_EQ(module.literals().size(), 1u);
  EXPECT_EQ(module.rules().back().items[0].condition, 0u);
}

TEST(Prune, PipesKeepTheirExpressions) {
  Module module;
  testing::AddRule("any where a == 1 | unique b, length(c)", module, Dialect::kPython);
  const std::string first = PrintExpr(module, module.rules()[0].pipes[0].args[0]);
  module.SetRoot(0, module.True());
  module.Prune();
  EXPECT_EQ(PrintExpr(module, module.rules()[0].pipes[0].args[0]), first);
  EXPECT_EQ(module.leaf_count(), 0u);
  EXPECT_EQ(Verify(module), "");
}

}  // namespace
}  // namespace eqlc::ir
