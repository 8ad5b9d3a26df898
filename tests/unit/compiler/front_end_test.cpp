// The front end on several threads.
#include "compiler/front_end.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/random_eql.h"

namespace eqlc {
namespace {

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

}  // namespace
}  // namespace eqlc
