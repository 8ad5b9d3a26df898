// Every code has its page, and the examples of a page do what it says of them.
#include "eqlc/explanation.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"

namespace eqlc {
namespace {

// Codes without an example, because no rule text of a page's size provokes them.
const std::map<std::string_view, const char*> kWithoutExample = {
    {"E0001", "concerns the file system"},
    {"E0002", "needs megabytes"},
    {"E0007", "pages are text"},
    {"E0103", "needs megabytes"},
    {"E0104", "needs a thousand brackets"},
    {"E0008", "pages are text"},
    {"E0502", "would be a fault of eqlc"},
    {"W0501", "concerns the host"},
    {"E0220", "needs a schema"},
    {"E0221", "needs a schema"},
    {"E0222", "needs a schema"},
    {"E0320", "needs a schema"},
    {"N0001", "needs fifty findings"},
    {"N0002", "needs --perf"},
    {"N0003", "needs a folder that is none"},
};

// The rule texts of the ```eql and ```toml blocks between a line and the next one like it.
std::vector<RuleText> BlocksAfter(std::string_view page, const std::string& label) {
  std::istringstream lines{std::string(page)};
  std::vector<RuleText> texts;
  bool wanted = false, inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "Provokes it:" || line == "Mended:") wanted = line == label;
    if (line == "```eql" || line == "```toml") {
      inside = true;
      if (wanted) texts.push_back({std::to_string(texts.size()) + "." + line.substr(3), ""});
    } else if (line == "```") {
      inside = false;
    } else if (inside && wanted) {
      texts.back().contents += line + "\n";
    }
  }
  return texts;
}

std::vector<Diagnostic> FindingsIn(const std::vector<RuleText>& texts) {
  CompileOptions options;
  options.native_code = false;
  return Compile(texts, options).diagnostics;
}

bool HasCode(const std::vector<Diagnostic>& findings, std::string_view code) {
  for (const Diagnostic& finding : findings) {
    if (finding.code == code) return true;
  }
  return false;
}

class ExplanationTest : public ::testing::TestWithParam<Explanation> {};

TEST_P(ExplanationTest, BeginsWithCodeAndTitle) {
  const Explanation& e = GetParam();
  ASSERT_FALSE(e.page.empty()) << "docs/diagnostics/" << e.code << ".md is missing";
  const std::string heading = "# " + std::string(e.code) + ": " + std::string(e.title) + "\n\n";
  EXPECT_EQ(e.page.substr(0, heading.size()), heading);
  EXPECT_GT(e.page.size(), heading.size() + 60) << "explains nothing";
}

TEST_P(ExplanationTest, ExamplesProvokeItAndMendIt) {
  const Explanation& e = GetParam();
  const std::vector<RuleText> bad = BlocksAfter(e.page, "Provokes it:"), good = BlocksAfter(e.page, "Mended:");
  ASSERT_EQ(bad.empty(), kWithoutExample.count(e.code) > 0);
  ASSERT_EQ(good.size(), bad.size());
  if (bad.empty()) return;
  EXPECT_TRUE(HasCode(FindingsIn(bad), e.code));
  for (const Diagnostic& finding : FindingsIn(good)) {
    ADD_FAILURE() << RenderText(finding, false);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ExplanationTest, ::testing::ValuesIn(Explanations()),
                         [](const auto& param_info) { return std::string(param_info.param.code); });

TEST(Explanations, AreFoundInEitherCase) {
  ASSERT_NE(FindExplanation("e0201"), nullptr);
  EXPECT_EQ(FindExplanation("e0201")->code, "E0201");
  EXPECT_EQ(FindExplanation("E9999"), nullptr);
  EXPECT_EQ(FindExplanation(""), nullptr);
}

}  // namespace
}  // namespace eqlc
