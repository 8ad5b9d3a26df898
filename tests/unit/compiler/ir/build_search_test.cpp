// Lowering of array searches, aliases and process relations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::ir {
namespace {

using testing::AddRule;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lowered;

std::string LoweredEndpoint(std::string_view text) { return Lowered(text, Dialect::kEndpoint); }

TEST(BuildSearch, ArraySearches) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"_arraysearch(a.b, $e, $e.x == 1)", "(any_element $0 a.b[] (leaf (eq $0:a.b.x 1)))"},
      {"not _arraysearch(a, $e, $e.x == 1)", "(never (any_element $0 a[] (leaf (eq $0:a.x 1))))"},
      {"_arraysearch(a, $e, not $e.x == 1)", "(any_element $0 a[] (never (leaf (eq $0:a.x 1))))"},
      {"_arraysearch(a, $e, $e)", "(any_element $0 a[] (leaf (eq $0:a true)))"},
      {"_arraysearch(a, $e, true)", "(any_element $0 a[] (all))"},
      {"_arraysearch(a, $e, false)", "(any)"},
      {"_arraysearch(a, $e, $e.x == 1) == false", "(never (any_element $0 a[] (leaf (eq $0:a.x 1))))"},
      {"_arraysearch(a, $e, $e.x == b or $e.y == 1)",
       "(any_element $0 a[] (any (leaf (eq $0:a.x b)) (leaf (eq $0:a.y 1))))"},
      {"_arraysearch(a, $e, _arraysearch($e.b, $f, $f.x == $e.y))",
       "(any_element $0 a[] (any_element $1 $0:a.b[] (leaf (eq $1:a.b.x $0:a.y))))"},
      // Inside, the same name is another variable.
      {"_arraysearch(a, $e, _arraysearch(a, $e, $e.x == 1))",
       "(any_element $0 a[] (any_element $1 a[] (leaf (eq $1:a.x 1))))"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(LoweredEndpoint(text), expected) << text;
}

TEST(BuildSearch, NamesOfVariablesDoNotMatter) {
  Module module;
  AddRule("any where _arraysearch(a, $e, $e.x == 1)", module, Dialect::kEndpoint);
  AddRule("any where _arraysearch(a, $other, $other.x == 1)", module, Dialect::kEndpoint);
  EXPECT_EQ(module.conditions().size(), 1u);
  EXPECT_EQ(Verify(module), "");
}

TEST(BuildSearch, LineageIsAFieldAndASource) {
  Module module;
  EXPECT_THAT(AddRule("any where not descendant of [process where a == 1] or descendant of [process where a == 1]",
                      module, Dialect::kEndpoint),
              ::testing::ElementsAre(HasSubstr("W0203")));
  EXPECT_EQ(module.lineages().size(), 1u) << "equal relations are one";
  EXPECT_EQ(LoweredEndpoint("not descendant of [process where a == 1]"), "(never (leaf (eq lineage#0 true)))");
  EXPECT_THAT(Print(module), HasSubstr("lineage #0 = descendant of condition #0"));
}

TEST(BuildSearch, AliasesSplitTheCondition) {
  Module module;
  EXPECT_THAT(AddRule("sequence by k [any where a == 1] as e [process where b == 2 and c == e.c.d]", module,
                      Dialect::kEndpoint),
              IsEmpty());
  ASSERT_EQ(module.rules().size(), 1u);
  const Item& item = module.rules()[0].items[1];
  EXPECT_EQ(module.rules()[0].items[0].residual, abi::kNone);
  ASSERT_NE(item.residual, abi::kNone);
  EXPECT_EQ(PrintExpr(module, module.conditions()[item.condition]),
            "(all (leaf (eq event.category \"process\")) (leaf (eq b 2)))");
  EXPECT_EQ(PrintExpr(module, module.conditions()[item.residual]), "(leaf (eq c @0:c.d))");
  EXPECT_EQ(Verify(module), "");
}

TEST(BuildSearch, AnAliasMeansTheLastOfTheItemsRuns) {
  Module module;
  AddRule("sequence [any where a == 1] with runs=3 as e [any where b == e.b]", module, Dialect::kEndpoint);
  EXPECT_EQ(PrintExpr(module, module.conditions()[module.rules()[0].items[1].residual]), "(leaf (eq b @2:b))");
}

TEST(BuildSearch, KeylessEndpointSequencesAreKeyedByHost) {
  Module module;
  AddRule("sequence [any where a == 1] [any where b == 1] until [any where c == 1]", module, Dialect::kEndpoint);
  AddRule("sequence [any where a == 1] [any where b == 1]", module);
  EXPECT_THAT(Print(module), HasSubstr("condition #0 by ?host.id else agent.id\n"));
  EXPECT_THAT(Print(module), HasSubstr("until condition #2 by ?host.id else agent.id\n"));
  EXPECT_TRUE(module.rules()[1].items[0].keys.empty());
}

}  // namespace
}  // namespace eqlc::ir
