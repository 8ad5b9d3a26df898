// The examples of docs/semantics.md give what the page says.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/subprocess.h"

namespace eqlc {
namespace {

// The contents of all ```language blocks of a Markdown file.
std::vector<std::string> Blocks(const std::string& file, const std::string& language) {
  std::ifstream in(file);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```" + language) {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

std::string Trim(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}

constexpr const char* kPage = EQLC_SOURCE_DIR "/docs/semantics.md";

// Lines of `expression => value`. Returns how many.
size_t CheckEvalExamples(const std::string& language, const std::string& dialect) {
  size_t examples = 0;
  for (const std::string& block : Blocks(kPage, language)) {
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line);) {
      const size_t arrow = line.rfind("=>");
      EXPECT_NE(arrow, std::string::npos) << line;
      const std::string expression = Trim(line.substr(0, arrow));
      const auto finished = testing::RunProgram({EQLC_COMMAND, "eval", "--dialect", dialect, "--", expression});
      EXPECT_EQ(Trim(finished.out), Trim(line.substr(line.find_first_not_of(' ', arrow + 2))))
          << expression << finished.err;
      ++examples;
    }
  }
  return examples;
}

TEST(Docs, EvalExamplesGiveTheirValues) {
  EXPECT_GT(CheckEvalExamples("eval", "elastic"), 30u);
  EXPECT_GT(CheckEvalExamples("eval python", "python"), 8u);
}

// Query, events and matches, separated by lines of dashes.
void CheckQueryExample(const std::string& block, const std::string& dialect) {
  const size_t first = block.find("---\n"), second = block.find("---\n", first + 4);
  ASSERT_NE(second, std::string::npos) << block;
  const auto finished = testing::RunProgram({EQLC_COMMAND, "query", "--dialect", dialect, block.substr(0, first), "-"},
                                            "", block.substr(first + 4, second - first - 4));
  EXPECT_EQ(finished.out, block.substr(second + 4)) << block << finished.err;
}

TEST(Docs, QueryExamplesPrintTheirMatches) {
  const std::vector<std::string> blocks = Blocks(kPage, "query");
  for (const std::string& block : blocks) CheckQueryExample(block, "elastic");
  EXPECT_GT(blocks.size(), 3u);
}

TEST(Docs, PythonQueryExamplesPrintTheirMatches) {
  const std::vector<std::string> blocks = Blocks(kPage, "query python");
  for (const std::string& block : blocks) CheckQueryExample(block, "python");
  EXPECT_GE(blocks.size(), 3u);
}

TEST(Docs, EndpointQueryExamplesPrintTheirMatches) {
  const std::vector<std::string> blocks = Blocks(kPage, "query endpoint");
  for (const std::string& block : blocks) CheckQueryExample(block, "endpoint");
  EXPECT_GE(blocks.size(), 3u);
}

TEST(Docs, CliPageHasEveryVerb) {
  std::ostringstream page;
  page << std::ifstream(EQLC_SOURCE_DIR "/docs/cli.md").rdbuf();
  const std::vector<std::string> verbs = testing::Verbs(EQLC_COMMAND);
  EXPECT_GT(verbs.size(), 5u);
  for (const std::string& verb : verbs) {
    EXPECT_NE(page.str().find("| `" + verb), std::string::npos) << "docs/cli.md has no row for " << verb;
  }
}

}  // namespace
}  // namespace eqlc
