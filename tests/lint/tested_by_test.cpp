// A comment "Tested by" names files and folders that are there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = EQLC_SOURCE_DIR;

std::string Read(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What stands behind "Tested by" in comments of `text`, to the end of each comment, on one line.
std::vector<std::string> Notes(const std::string& text) {
  const std::regex note(R"(//[^\n]*Tested by([^\n]*(?:\n//[^\n]*)*))");
  std::vector<std::string> notes;
  for (std::sregex_iterator it(text.begin(), text.end(), note), end; it != end; ++it) {
    notes.push_back(std::regex_replace((*it)[1].str(), std::regex("\n//"), " "));
  }
  return notes;
}

// The names with a slash: `tests/unit/runtime/pipe/`, `tests/counters/match_test.cpp`.
std::vector<std::string> Paths(const std::string& note) {
  const std::regex path(R"(tests/[\w./-]*[\w/])");
  std::vector<std::string> paths;
  for (std::sregex_iterator it(note.begin(), note.end(), path), end; it != end; ++it) paths.push_back(it->str());
  return paths;
}

TEST(TestedBy, NamesWhatIsThere) {
  size_t seen = 0;
  for (const char* top : {"bench", "cli", "compiler", "include", "runtime"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / top)) {
      const fs::path kind = entry.path().extension();
      if (kind != ".cpp" && kind != ".h" && kind != ".hpp") continue;
      for (const std::string& note : Notes(Read(entry.path()))) {
        for (const std::string& path : Paths(note)) {
          EXPECT_TRUE(fs::exists(kRoot / path)) << entry.path() << " names " << path;
          ++seen;
        }
      }
    }
  }
  EXPECT_GT(seen, 50u);
}

}  // namespace
