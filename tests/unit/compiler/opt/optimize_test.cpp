// The driver: which passes run, and what plans refer to afterwards.
#include "compiler/opt/optimize.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::opt {
namespace {

constexpr const char* kQuery =
    "any where (x : \"A\" or x : (\"c*\", \"D*\")) and z : \"Q\" and y == 1 and event.type == \"start\"";

std::string Optimized(const std::vector<std::string>& disabled) {
  ir::Module module;
  testing::AddRule(kQuery, module);
  Optimize(module, disabled);
  return ir::Print(module);
}

TEST(Optimize, EveryPassHasAName) {
  std::set<std::string_view> names;
  for (const PassInfo& pass : Passes()) {
    EXPECT_FALSE(pass.meaning.empty());
    EXPECT_NE(pass.name, kAllPasses);
    names.insert(pass.name);
  }
  EXPECT_EQ(names.size(), Passes().size());
}

TEST(Optimize, NothingHappensWithAllOff) {
  ir::Module module;
  testing::AddRule(kQuery, module);
  EXPECT_EQ(Optimized({"all"}), ir::Print(module));
  std::vector<std::string> each;
  for (const PassInfo& pass : Passes()) each.emplace_back(pass.name);
  EXPECT_EQ(Optimized(each), ir::Print(module));
}

TEST(Optimize, EachCanBeLeftOut) {
  for (const char* pass : {"share-leaves", "merge-sets", "order-operands"}) EXPECT_NE(Optimized({pass}), Optimized({}));
  EXPECT_EQ(Optimized({"no-such-pass"}), Optimized({}));
}

// What was left behind is gone, and everything that names a condition or node names the right one.
TEST(Optimize, PlansKeepTheirConditions) {
  ir::Module module;
  testing::AddRule(
      "sequence by k [any where a == 1 and b : \"X\"] [any where b in~ (\"x\") and a == 1] "
      "until [any where c : \"Y\" or c : \"Z\"]",
      module);
  Optimize(module, {});
  const ir::Rule& rule = module.rules()[0];
  EXPECT_EQ(module.conditions().size(), 2u) << "both items ask for the same";
  EXPECT_EQ(rule.items[0].condition, rule.items[1].condition);
  const auto text = [&](const ir::Item& item) { return ir::PrintExpr(module, module.conditions()[item.condition]); };
  EXPECT_EQ(text(rule.items[0]), "(all (leaf (eq a 1)) (leaf (like~ b \"x\")))");
  EXPECT_EQ(text(rule.until), "(leaf (like~ c \"y\" \"z\"))");
  EXPECT_EQ(module.leaf_count(), 3u);
  EXPECT_EQ(ir::Verify(module), "");
}

TEST(Optimize, AliasesKeepTheirResiduals) {
  ir::Module module;
  testing::AddRule("sequence [process where a : \"X\"] as one [process where b == one.a and (c == 1 or c == 2)]",
                   module, Dialect::kEndpoint);
  Optimize(module, {});
  const ir::Item& item = module.rules()[0].items[1];
  EXPECT_EQ(ir::PrintExpr(module, module.conditions()[item.residual]), "(leaf (eq b @0:a))");
  EXPECT_EQ(ir::Verify(module), "");
}

TEST(Optimize, LineagesAndKeysKeepWhatTheyWatch) {
  ir::Module module;
  testing::AddRule("sequence by user [process where descendant of [process where a == 1 or a == 2]] [file where true]",
                   module, Dialect::kPython);
  Optimize(module, {});
  ASSERT_EQ(module.lineages().size(), 1u);
  const std::string watched = ir::PrintExpr(module, module.conditions()[module.lineages()[0].source]);
  EXPECT_NE(watched.find("(in"), std::string::npos) << watched;
  for (const abi::ImageComputed& computed : module.computed()) {
    EXPECT_EQ(ir::PrintExpr(module, computed.expr), "[user]");
    EXPECT_EQ(module.fields()[computed.field], "key %" + std::to_string(computed.expr) + "~");
  }
  EXPECT_FALSE(module.computed().empty());
  EXPECT_EQ(ir::Verify(module), "");
}

}  // namespace
}  // namespace eqlc::opt
