// The sections of docs/semantics.md that sources cite by number exist.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::set<std::string> Sections() {
  const std::string page = Read(EQLC_SOURCE_DIR "/docs/semantics.md");
  const std::regex heading(R"(\n##+ (\d+(?:\.\d+)?)[. ])");
  std::set<std::string> sections;
  for (std::sregex_iterator it(page.begin(), page.end(), heading), end; it != end; ++it) sections.insert((*it)[1]);
  return sections;
}

TEST(SemanticsSections, CitedOnesExist) {
  const std::set<std::string> sections = Sections();
  const std::regex citation(R"(docs/semantics\.md,? sections? ((?:\d+(?:\.\d+)?(?:, | and | to )?)+))");
  const std::regex number(R"(\d+(\.\d+)?)");
  size_t citations = 0;
  for (const char* top : {"include", "runtime", "compiler", "grammar", "cli", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(EQLC_SOURCE_DIR) / top)) {
      if (!entry.is_regular_file()) continue;
      const std::string text = Read(entry.path());
      for (std::sregex_iterator it(text.begin(), text.end(), citation), end; it != end; ++it, ++citations) {
        const std::string list = (*it)[1];
        for (std::sregex_iterator n(list.begin(), list.end(), number); n != end; ++n) {
          EXPECT_TRUE(sections.count(n->str())) << entry.path() << " cites section " << n->str();
        }
      }
    }
  }
  EXPECT_GT(citations, 20u);
}

}  // namespace
