// The front end on several threads.
#include "compiler/front_end.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/program/program.h"
#include "tests/support/random_eql.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// More than a batch; some are in error, some get warnings, some ids occur twice.
std::vector<RuleText> MixedRules() {
  testing::RandomEql eql(7);
  std::vector<RuleText> rules;
  for (int i = 0; i < 700; ++i) {
    std::string query = eql.Query();
    if (i % 11 == 0) query += " and";
    if (i % 13 == 0) query = "process where proces.name == \"a\" and lenght(process.name) > 2";
    if (i % 17 == 0) query = "process where proces.name == \"a*\"";
    rules.push_back({fmt::format("folder{}/rule{}.eql", i % 3, i % 600), query});
  }
  return rules;
}

std::string Findings(const CompileResult& result) {
  std::string text = fmt::format("{} {} {}\n", result.rules_total, result.rules_failed, result.rules_warned);
  for (const Diagnostic& diagnostic : result.diagnostics) text += RenderText(diagnostic, false) + "\n";
  return text;
}

TEST(FrontEndTest, TheProgramDoesNotDependOnThreads) {
  const std::vector<RuleText> rules = MixedRules();
  const CompileResult one = Compile(rules, {.native_code = false, .threads = 1});
  EXPECT_GT(one.rules_failed, 100u);
  EXPECT_GT(one.rules_warned, 10u);
  for (const unsigned threads : {2u, 3u, 16u}) {
    const CompileResult several = Compile(rules, {.native_code = false, .threads = threads});
    EXPECT_TRUE(std::ranges::equal(several.program->image(), one.program->image())) << threads;
    EXPECT_EQ(Findings(several), Findings(one)) << threads;
  }
}

TEST(FrontEndTest, DumpsDoNotDependOnThreads) {
  const std::vector<RuleText> rules = MixedRules();
  for (const Stage stage : {Stage::kAst, Stage::kTyped, Stage::kIr}) {
    std::vector<Diagnostic> findings;
    const auto one = Dump(rules, stage, {.threads = 1}, findings);
    const auto several = Dump(rules, stage, {.threads = 4}, findings);
    ASSERT_TRUE(one.ok() && several.ok());
    EXPECT_EQ(*one, *several);
  }
}

// They are optimised apart.
TEST(FrontEndTest, RulesShareConditionsHoweverTheyAreWritten) {
  const CompileResult result = Compile({{"a.eql", "process where a == \"x\" and (b : \"y*\" or c == 3)"},
                                        {"b.eql", "process where d == 1 and e == 2"},
                                        {"c.eql", "process where (c == 3 or b like~ \"Y**\") and a == \"x\""}},
                                       {.native_code = false});
  ASSERT_THAT(result.program->rules(), SizeIs(3));
  EXPECT_THAT(result.program->impl().image.conditions(), SizeIs(2));
}

std::string Toml(const std::string& id) {
  return "[rule]\nname = 'n'\ntype = 'eql'\nquery = 'any where true'\nrule_id = '" + id + "'\n";
}

std::vector<std::string> Ids(const CompileResult& result) {
  std::vector<std::string> ids;
  for (const RuleInfo& rule : result.program->rules()) ids.emplace_back(rule.id);
  return ids;
}

std::vector<std::string> Codes(const CompileResult& result) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : result.diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

TEST(FrontEndTest, TheFirstOfAnIdWins) {
  const CompileResult result = Compile(
      {{"a.toml", Toml("x")}, {"b.toml", "\n" + Toml("x")}, {"c.toml", Toml("y")}, {"y.eql", "any where false"}},
      {.native_code = false});
  EXPECT_THAT(Ids(result), ElementsAre("x", "y"));
  EXPECT_EQ(result.rules_total, 4u);
  EXPECT_EQ(result.rules_failed, 2u);
  ASSERT_THAT(Codes(result), ElementsAre("E0006", "E0006")) << "the rule that is left out is not looked at";
  const Diagnostic& duplicate = result.diagnostics[0];
  EXPECT_EQ(duplicate.message, "the rule id `x` is already used in a.toml");
  EXPECT_EQ(duplicate.rule_id, "x");
  EXPECT_EQ(duplicate.range.file, "b.toml");
  EXPECT_EQ(duplicate.range.line, 6u);
  EXPECT_EQ(duplicate.range.column, 11u);
  ASSERT_THAT(duplicate.labels, SizeIs(1));
  EXPECT_EQ(duplicate.labels[0].range.file, "a.toml");
  EXPECT_EQ(duplicate.labels[0].range.line, 5u);
  EXPECT_EQ(result.diagnostics[1].range.file, "y.eql");
  EXPECT_EQ(result.diagnostics[1].range.line, 0u);
}

// docs/semantics.md section 8.5: overrides concern the alerts of single events.
TEST(FrontEndTest, OverridesHaveNoEffectOnSequences) {
  const std::string overrides =
      "[rule]\nname = 'n'\ntype = 'eql'\nrule_id = 'i'\nrule_name_override = 'message'\n"
      "severity_mapping = [{ field = 'f', operator = 'equals', value = 'x', severity = 'high' }]\n"
      "risk_score_mapping = [{ field = 'f', operator = 'equals', value = '' }]\n";
  const auto findings = [&](const std::string& query) {
    return Compile({{"a.toml", overrides + "query = '" + query + "'\n"}}, {.native_code = false}).diagnostics;
  };
  EXPECT_THAT(findings("any where true | head 3"), SizeIs(0));
  const std::vector<Diagnostic> found = findings("sequence [any where a == 1] [any where a == 2]");
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].code, "W0002");
  EXPECT_EQ(found[0].message, "`rule_name_override` has no effect: alerts of sequences carry the rule's own name");
  EXPECT_EQ(found[0].rule_id, "i");
  EXPECT_EQ(found[0].range.line, 5u);
  EXPECT_EQ(found[1].range.line, 6u);
  EXPECT_EQ(found[2].range.line, 7u);
  EXPECT_THAT(findings("sample by k [any where a == 1] [any where a == 2]"), SizeIs(3));
}

TEST(FrontEndTest, CountsRulesWithWarningsOnceWhereverTheseComeFrom) {
  const auto warned = [](const std::string& more) {
    const CompileResult result = Compile({{"a.toml", Toml("x") + more}, {"b.toml", Toml("y")}}, {.native_code = false});
    EXPECT_EQ(result.rules_failed, 0u);
    return result.rules_warned;
  };
  EXPECT_EQ(warned(""), 0u);
  EXPECT_EQ(warned("nobody_knows = 1\n"), 1u);
  EXPECT_EQ(warned("nobody_knows = 1\nmax_signals = 5\n"), 1u);
  const CompileResult both = Compile({{"a.toml",
                                       "[rule]\nname = 'n'\ntype = 'eql'\nrule_id = 'x'\nmax_signals = 5\n"
                                       "query = 'any where process.name == \"a*\"'\n"}},
                                     {.native_code = false});
  EXPECT_THAT(Codes(both), ElementsAre("W0002", "W0201"));
  EXPECT_EQ(both.rules_warned, 1u);
}

// Behaviour rules come in one file per platform.
TEST(FrontEndTest, ABehaviourRuleGivenTwiceIsUsedOnce) {
  const auto rule = [](const char* platform, const char* query) {
    return std::string("[rule]\nid = 'b'\nname = 'B'\nos_list = ['") + platform + "']\nquery = '" + query + "'\n";
  };
  const auto compile = [&](const char* second) {
    return Compile({{"linux.toml", rule("linux", "any where a == 1")}, {"macos.toml", rule("macos", second)}},
                   {.native_code = false});
  };
  const CompileResult same = compile("any where a == 1");
  EXPECT_THAT(Ids(same), ElementsAre("b"));
  EXPECT_THAT(Codes(same), ElementsAre("W0003"));
  EXPECT_EQ(same.rules_total, 2u);
  EXPECT_EQ(same.rules_failed, 0u);
  EXPECT_EQ(same.rules_warned, 1u);
  EXPECT_EQ(same.diagnostics[0].message, "the same rule is in linux.toml, too");
  EXPECT_THAT(Codes(compile("any where a == 2")), ElementsAre("E0006"));
}

TEST(FrontEndTest, ABadFileBlocksNoOther) {
  const CompileResult result =
      Compile({{"a.toml", "[rule"}, {"b.toml", Toml("b")}, {"c.toml", ""}, {"d.toml", "[rule]\ntype = 'query'\n"}},
              {.native_code = false});
  EXPECT_THAT(Ids(result), ElementsAre("b"));
  EXPECT_THAT(Codes(result), ElementsAre("E0003", "E0004"));
  EXPECT_EQ(result.rules_failed, 2u);
  EXPECT_EQ(result.other_rules, 1u);
}

}  // namespace
}  // namespace eqlc
