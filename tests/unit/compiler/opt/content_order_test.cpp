#include "compiler/opt/content_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::opt {
namespace {

// The roots of conditions in a module that got them in this order.
std::vector<ir::ExprId> RootsOf(ir::Module& module, const std::vector<std::string>& texts) {
  std::vector<ir::ExprId> roots;
  for (const std::string& text : texts) {
    testing::AddRule("any where " + text, module, Dialect::kEndpoint);
    roots.push_back(module.conditions()[module.rules().back().items[0].condition]);
  }
  return roots;
}

TEST(ContentOrder, DoesNotDependOnNumbers) {
  const std::vector<std::string> texts = {
      "a == 1",
      "a == 2",
      "b == 1",
      "a == \"x\"",
      "a : \"x\"",
      "a != 1",
      "a in (1, 2)",
      "a regex \"x.y\"",
      "length(a) == 1",
      "startsWith(a, \"x\")",
      "a + b == 3",
      "a == 1 or b == 1",
      "a == 2 and b == 1",
      "a == 1 and (b == 2 or c == 3)",
      "_arraysearch(l, $e, $e.a == 1)",
      "_arraysearch(m, $e, $e.a == 1)",
      "_arraysearch(l, $e, $e.b == 1)",
  };
  const std::vector<std::string> backwards(texts.rbegin(), texts.rend());
  ir::Module module, other;
  const std::vector<ir::ExprId> roots = RootsOf(module, texts);
  const std::vector<ir::ExprId> other_roots = RootsOf(other, backwards);
  ASSERT_EQ(roots.size(), texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    for (size_t j = 0; j < texts.size(); ++j) {
      const auto order = CompareContents(module, roots[i], roots[j]);
      EXPECT_EQ(order == 0, i == j) << texts[i] << " and " << texts[j];
      EXPECT_EQ(order, 0 <=> CompareContents(module, roots[j], roots[i])) << texts[i] << " and " << texts[j];
      const size_t last = texts.size() - 1;
      EXPECT_EQ(order, CompareContents(other, other_roots[last - i], other_roots[last - j]))
          << texts[i] << " and " << texts[j];
    }
  }
}

}  // namespace
}  // namespace eqlc::opt
