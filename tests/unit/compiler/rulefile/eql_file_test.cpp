#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/rulefile/rule_source.h"

namespace eqlc {
namespace {

TEST(EqlFile, TheWholeFileIsTheQuery) {
  const std::string query = "process where\n  process.name == \"vi\"\n";
  const RuleFileContents contents = LoadRuleText({"rules/editor.eql", query});
  ASSERT_EQ(contents.rules.size(), 1u);
  EXPECT_TRUE(contents.diagnostics.empty());
  const RuleSource& rule = contents.rules[0];
  EXPECT_EQ(rule.id, "editor");
  EXPECT_EQ(rule.name, "editor");
  EXPECT_EQ(rule.query, query);
  EXPECT_EQ(rule.severity, "low");
  EXPECT_EQ(rule.risk_score, 21u);
  EXPECT_EQ(rule.dialect, Dialect::kElastic);
  EXPECT_EQ(rule.query_map.Locate({16, 28}).line, 2u);
  EXPECT_EQ(rule.query_map.Locate({16, 28}).column, 3u);
  EXPECT_EQ(rule.id_range.line, 0u);
  const nlohmann::json parameters = nlohmann::json::parse(rule.parameters);
  EXPECT_EQ(parameters["rule"]["query"], query);
  EXPECT_EQ(parameters["rule"]["rule_id"], "editor");
  EXPECT_EQ(parameters["rule"]["type"], "eql");
}

TEST(EqlFile, IdsComeFromNames) {
  const struct {
    const char *name, *id;
  } cases[] = {{"a.eql", "a"},       {"x/y/a.b.eql", "a.b"}, {"<query>", "<query>"}, {".eql", ".eql"},
               {"x.d/.eql", ".eql"}, {"x.d/plain", "plain"}, {"query.txt", "query"}};
  for (const auto& c : cases) {
    const RuleFileContents contents = LoadRuleText({c.name, "any where true"});
    ASSERT_EQ(contents.rules.size(), 1u) << c.name;
    EXPECT_EQ(contents.rules[0].id, c.id);
  }
}

TEST(EqlFile, NothingButBlanksIsAnError) {
  for (const std::string text : {"", " \r\n\t", "\xEF\xBB\xBF"}) {
    const RuleFileContents contents = LoadRuleText({"a.eql", text});
    EXPECT_TRUE(contents.rules.empty());
    EXPECT_EQ(contents.failed_rules, 1u);
    ASSERT_EQ(contents.diagnostics.size(), 1u);
    EXPECT_EQ(contents.diagnostics[0].code, "E0004");
    EXPECT_EQ(contents.diagnostics[0].message, "the file holds no query");
    EXPECT_EQ(contents.diagnostics[0].range.line, 1u);
  }
}

}  // namespace
}  // namespace eqlc
