#include "compiler/index/build_index.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::index {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ir::Module Indexed(std::initializer_list<const char*> queries) {
  ir::Module module;
  for (const char* query : queries) EXPECT_THAT(testing::AddRule(query, module), IsEmpty()) << query;
  AddRequirements(module);
  ChooseSignature(module);
  return module;
}

TEST(BuildIndexTest, HasARequirementPerCondition) {
  const ir::Module module = Indexed({R"(process where x == "a")", R"(sequence [file where true] [any where x != 1])"});
  ASSERT_EQ(module.conditions().size(), 3u);
  ASSERT_EQ(module.index.requirements.size(), 3u);
  EXPECT_EQ(module.index.requirements[0].clause_count, 2u);
  EXPECT_EQ(module.index.requirements[1].clause_count, 1u);
  EXPECT_EQ(module.index.requirements[2].clause_count, 0u);
}

TEST(BuildIndexTest, PrefersFieldsOfManyConditionsAndFewValuesForTheSignature) {
  ir::Module module;
  for (int i = 0; i < 300; ++i) {
    const char* category = i % 2 ? "process" : "file";
    const std::string query = fmt::format(R"({} where host.os.type == "linux" and process.name == "n{}")", category, i);
    EXPECT_THAT(testing::AddRule(query, module), IsEmpty());
  }
  AddRequirements(module);
  ChooseSignature(module);
  std::vector<std::string> signature;
  for (const auto& part : module.index.signature) signature.push_back(module.fields()[part.field]);
  EXPECT_THAT(signature, ElementsAre("event.category", "host.os.type"));
}

TEST(BuildIndexTest, KeepsNumbersOutOfTheSignature) {
  const ir::Module module = Indexed({R"(any where code == 4)", R"(any where code in (4, 5))"});
  EXPECT_THAT(module.index.signature, IsEmpty());
}

TEST(BuildIndexTest, NamesRulesThatRunForEverything) {
  ir::Module module = Indexed({R"(process where process.name == "nc")", R"(process where process.args_count > 3)",
                               R"(any where not user.name == "root")"});
  const std::vector<UnfilteredRule> found = UnfilteredRules(module);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].rule, 1u);
  EXPECT_THAT(found[0].why,
              HasSubstr("for every event with event.category = \"process\" and process.args_count present"));
  EXPECT_EQ(found[1].rule, 2u);
  EXPECT_THAT(found[1].why, HasSubstr("for every event: a negation holds"));
}

TEST(BuildIndexTest, NamesTheUsersOfACondition) {
  ir::Module module = Indexed({R"(sequence [file where x == 1] [file where x == 2] until [file where x == 3])"});
  const std::string printed = PrintIndex(module);
  EXPECT_THAT(printed, HasSubstr("condition #0 of rule[1]\n"));
  EXPECT_THAT(printed, HasSubstr("condition #2 of rule[until]\n"));
}

}  // namespace
}  // namespace eqlc::index
