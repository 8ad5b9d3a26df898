#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(LoadRuleTexts, TheFirstOfAnIdWins) {
  const RuleFileContents contents =
      LoadRuleTexts({{"a.toml", Rule("x")}, {"b.toml", "\n" + Rule("x")}, {"c.toml", Rule("y")}, {"y.eql", "any"}});
  EXPECT_THAT(Ids(contents), ElementsAre("x", "y"));
  EXPECT_EQ(contents.failed_rules, 2u);
  ASSERT_THAT(Codes(contents), ElementsAre("E0006", "E0006"));
  const Diagnostic& duplicate = contents.diagnostics[0];
  EXPECT_EQ(duplicate.message, "the rule id `x` is already used in a.toml");
  EXPECT_EQ(duplicate.rule_id, "x");
  EXPECT_EQ(duplicate.range.file, "b.toml");
  EXPECT_EQ(duplicate.range.line, 6u);
  EXPECT_EQ(duplicate.range.column, 11u);
  ASSERT_THAT(duplicate.labels, SizeIs(1));
  EXPECT_EQ(duplicate.labels[0].range.file, "a.toml");
  EXPECT_EQ(duplicate.labels[0].range.line, 5u);
  EXPECT_EQ(contents.diagnostics[1].range.file, "y.eql");
  EXPECT_EQ(contents.diagnostics[1].range.line, 0u);
}

// Behaviour rules come in one file per platform.
TEST(LoadRuleTexts, ABehaviourRuleGivenTwiceIsUsedOnce) {
  const auto rule = [](const char* platform, const char* query) {
    return std::string("[rule]\nid = 'b'\nname = 'B'\nos_list = ['") + platform + "']\nquery = '" + query + "'\n";
  };
  RuleFileContents contents =
      LoadRuleTexts({{"linux.toml", rule("linux", "any where a")}, {"macos.toml", rule("macos", "any where a")}});
  EXPECT_THAT(Ids(contents), ElementsAre("b"));
  EXPECT_THAT(Codes(contents), ElementsAre("W0003"));
  EXPECT_EQ(contents.failed_rules, 0u);
  EXPECT_EQ(contents.repeated_rules, 1u);
  EXPECT_EQ(contents.diagnostics[0].message, "the same rule is in linux.toml, too");
  contents =
      LoadRuleTexts({{"linux.toml", rule("linux", "any where a")}, {"macos.toml", rule("macos", "any where b")}});
  EXPECT_THAT(Codes(contents), ElementsAre("E0006"));
}

TEST(LoadRuleTexts, ABadFileBlocksNoOther) {
  const RuleFileContents contents = LoadRuleTexts(
      {{"a.toml", "[rule"}, {"b.toml", Rule("b")}, {"c.toml", ""}, {"d.toml", "[rule]\ntype = 'query'\n"}});
  EXPECT_THAT(Ids(contents), ElementsAre("b"));
  EXPECT_THAT(Codes(contents), ElementsAre("E0003", "E0004"));
  EXPECT_EQ(contents.failed_rules, 2u);
  EXPECT_EQ(contents.other_rules, 1u);
}

TEST(LoadRuleFiles, ReadsDirectories) {
  const TempTree tree;
  tree.Write("b.toml", Rule("b"));
  tree.Write("sub/a.toml", Rule("a"));
  tree.Write("sub/q.eql", "any where true");
  tree.Write("sub/readme.md", "nothing");
  const RuleFileContents contents = LoadRuleFiles({tree.root(), tree.Path("none")});
  EXPECT_THAT(Ids(contents), ElementsAre("b", "a", "q"));
  EXPECT_THAT(Codes(contents), ElementsAre("E0001"));
  EXPECT_EQ(contents.rules[1].query_map.file().name(), tree.Path("sub/a.toml"));
  EXPECT_EQ(contents.failed_rules, 0u) << "nobody knows how many rules would have been there";
}

TEST(LoadRuleFiles, ReadsNoMoreOfAHugeFileThanItMust) {
  const RuleFileContents contents = LoadRuleFiles({"/dev/zero"});
  EXPECT_THAT(Codes(contents), ElementsAre("E0002"));
}

TEST(LoadRuleFiles, NoPathsNoRules) {
  const RuleFileContents contents = LoadRuleFiles({});
  EXPECT_THAT(contents.rules, IsEmpty());
  EXPECT_THAT(contents.diagnostics, IsEmpty());
}

}  // namespace
}  // namespace eqlc
