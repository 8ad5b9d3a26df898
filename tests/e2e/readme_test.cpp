// Every command of README.md's console blocks prints what the page shows. Commands run in the root of the source tree
// with the built eqlc on the path; standard output and standard error come together.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/subprocess.h"

namespace eqlc {
namespace {

struct Example {
  std::string command;
  std::string output;
};

std::vector<Example> Examples(const std::string& file) {
  std::ifstream in(file);
  std::vector<Example> examples;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ ")) {
      examples.push_back({line.substr(2), ""});
    } else if (inside) {
      examples.back().output += line + "\n";
    }
  }
  return examples;
}

TEST(Readme, CommandsPrintWhatThePageShows) {
  const std::string path = std::filesystem::path(EQLC_COMMAND).parent_path();
  const std::vector<Example> examples = Examples(EQLC_SOURCE_DIR "/README.md");
  for (const Example& example : examples) {
    const std::string script = "PATH=" + path + ":$PATH; { " + example.command + "; } 2>&1";
    EXPECT_EQ(testing::RunProgram({"/bin/sh", "-c", script}, EQLC_SOURCE_DIR).out, example.output) << example.command;
  }
  EXPECT_GT(examples.size(), 3u);
}

}  // namespace
}  // namespace eqlc
