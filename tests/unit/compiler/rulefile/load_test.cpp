#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "compiler/rulefile/rule_source.h"
#include "eqlc/limits.hpp"
#include "tests/unit/compiler/rulefile/temp_tree.h"

namespace eqlc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string Rule(const std::string& id) {
  return "[rule]\nname = 'n'\ntype = 'eql'\nquery = 'any where true'\nrule_id = '" + id + "'\n";
}

std::vector<std::string> Ids(const RuleFileContents& contents) {
  std::vector<std::string> ids;
  for (const RuleSource& rule : contents.rules) ids.push_back(rule.id);
  return ids;
}

std::vector<std::string> Codes(const RuleFileContents& contents) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : contents.diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

TEST(LoadRuleText, TheNameDecidesTheFormat) {
  EXPECT_THAT(LoadRuleText({"a.toml", Rule("x")}).rules, SizeIs(1));
  EXPECT_EQ(LoadRuleText({"a.eql", Rule("x")}).rules[0].query, Rule("x"));
  EXPECT_EQ(LoadRuleText({"a.TOML", Rule("x")}).rules[0].query, Rule("x"));
}

TEST(LoadRuleText, SkipsAByteOrderMark) {
  const RuleFileContents toml = LoadRuleText({"a.toml", "\xEF\xBB\xBF" + Rule("x")});
  ASSERT_THAT(toml.rules, SizeIs(1));
  EXPECT_EQ(toml.rules[0].id_range.line, 5u);
  const RuleFileContents query = LoadRuleText({"a.eql",
                                               "\xEF\xBB\xBF"
                                               "any where true"});
  EXPECT_EQ(query.rules[0].query, "any where true");
  EXPECT_EQ(query.rules[0].query_map.Locate({0, 3}).column, 1u);
}

TEST(LoadRuleText, RefusesBadUtf8) {
  for (const std::string name : {"a.toml", "a.eql"}) {
    const RuleFileContents contents = LoadRuleText({name, "ok\n\u00E9 \xE9 here\n"});
    ASSERT_THAT(contents.diagnostics, SizeIs(1));
    EXPECT_EQ(contents.diagnostics[0].code, "E0007");
    EXPECT_EQ(contents.diagnostics[0].message, "the byte 0xE9 is not valid UTF-8");
    EXPECT_EQ(contents.diagnostics[0].range.line, 2u);
    EXPECT_EQ(contents.diagnostics[0].range.column, 3u);
    EXPECT_EQ(contents.failed_rules, 1u);
    EXPECT_THAT(contents.rules, IsEmpty());
  }
}

TEST(LoadRuleText, RefusesHugeFiles) {
  const std::string most = Rule("x") + "#" + std::string(limits::kMaxRuleFileBytes - Rule("x").size() - 1, '.');
  EXPECT_THAT(LoadRuleText({"a.toml", most}).rules, SizeIs(1));
  const RuleFileContents contents = LoadRuleText({"a.toml", most + "."});
  EXPECT_THAT(Codes(contents), ElementsAre("E0002"));
  EXPECT_EQ(contents.diagnostics[0].range.file, "a.toml");
  EXPECT_EQ(contents.failed_rules, 1u);
}

// The inputs below `paths`, each read and loaded.
std::vector<RuleFileContents> LoadFiles(const std::vector<std::string>& paths) {
  RuleInputs inputs = FindRuleInputs(paths);
  std::vector<RuleFileContents> contents;
  for (RuleInput& input : inputs.files) {
    EXPECT_FALSE(input.is_read);
    ReadRuleInput(input);
    contents.push_back(LoadRuleInput(input));
  }
  return contents;
}

TEST(RuleInputs, AreFoundWithTheirStampsAndReadWhenAsked) {
  const TempTree tree;
  tree.Write("b.toml", Rule("b"));
  tree.Write("sub/a.toml", Rule("a"));
  tree.Write("sub/q.eql", "any where true");
  tree.Write("sub/readme.md", "nothing");
  const RuleInputs inputs = FindRuleInputs({tree.root(), tree.Path("none")});
  ASSERT_THAT(inputs.files, SizeIs(3));
  for (const RuleInput& input : inputs.files) {
    ASSERT_TRUE(input.stamp.has_value());
    EXPECT_FALSE(IsSettled(*input.stamp, inputs.found_ns)) << "it was written a moment ago";
  }
  ASSERT_THAT(inputs.diagnostics, SizeIs(1));
  EXPECT_EQ(inputs.diagnostics[0].code, "E0001");
  const std::vector<RuleFileContents> contents = LoadFiles({tree.root()});
  ASSERT_THAT(contents, SizeIs(3));
  EXPECT_THAT(Ids(contents[0]), ElementsAre("b"));
  EXPECT_THAT(Ids(contents[1]), ElementsAre("a"));
  EXPECT_THAT(Ids(contents[2]), ElementsAre("q"));
  EXPECT_EQ(contents[1].rules[0].query_map.file().name(), tree.Path("sub/a.toml"));
}

TEST(RuleInputs, AFileThatIsGoneByThenIsAFailure) {
  const TempTree tree;
  tree.Write("a.eql", "any where true");
  RuleInputs inputs = FindRuleInputs({tree.root()});
  std::filesystem::remove(tree.Path("a.eql"));
  ReadRuleInput(inputs.files.at(0));
  EXPECT_TRUE(inputs.files[0].is_read);
  EXPECT_THAT(Codes(LoadRuleInput(inputs.files[0])), ElementsAre("E0001"));
}

TEST(RuleInputs, NoMoreOfAHugeFileIsReadThanMustBe) {
  const std::vector<RuleFileContents> contents = LoadFiles({"/dev/zero"});
  ASSERT_THAT(contents, SizeIs(1));
  EXPECT_THAT(Codes(contents[0]), ElementsAre("E0002"));
}

TEST(RuleInputs, NoPathsNoRules) { EXPECT_THAT(FindRuleInputs({}).files, IsEmpty()); }

}  // namespace
}  // namespace eqlc
