// Goldens: each *.golden file holds input files, commands and what they print. With EQLC_UPDATE_GOLDENS=1 the expected
// output is rewritten instead of compared; review the diff.
//
//   What this shows, in a sentence or two.
//   --- file rule.eql
//   process where true
//   --- run check rule.eql
//   1 rule, 1 fine, 0 with errors, 0 with warnings
//   --- exit 0
//
// `run` is followed by the arguments of eqlc (separated by blanks; 'single quotes' hold them together), then by
// standard output and standard error; --- exit ends it. `--- hide throughput` before it leaves out the lines that hold
// this text. In a file {{1001 x (}} stands for 1001 opening parentheses and {{byte FF}} for a byte that is no text.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace {

namespace fs = std::filesystem;
using eqlc::testing::Finished;
using eqlc::testing::RunProgram;
using eqlc::testing::TempFolder;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> SplitArguments(const std::string& line) {
  std::vector<std::string> args;
  std::string current;
  bool quoted = false, any = false;
  for (char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any) args.push_back(current);
      current.clear();
      any = false;
    } else {
      current += c;
      any = true;
    }
  }
  if (any) args.push_back(current);
  return args;
}

// What a {{...}} stands for; empty when it is none of ours.
std::string Expand(const std::string& inside) {
  if (inside.rfind("byte ", 0) == 0) return std::string(1, static_cast<char>(std::stoi(inside.substr(5), nullptr, 16)));
  const size_t times = inside.find(" x ");
  if (times == std::string::npos) return "";
  std::string out;
  for (int count = std::stoi(inside); count > 0; --count) out += inside.substr(times + 3);
  return out;
}

std::string ExpandAll(std::string line) {
  for (size_t open = 0; (open = line.find("{{", open)) != std::string::npos;) {
    const size_t close = line.find("}}", open);
    if (close == std::string::npos) break;
    const std::string expanded = Expand(line.substr(open + 2, close - open - 2));
    if (!expanded.empty()) line.replace(open, close + 2 - open, expanded);
    open += expanded.empty() ? 2 : expanded.size();
  }
  return line;
}

std::string WithoutLines(const std::string& text, const std::vector<std::string>& hidden) {
  std::istringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    const bool hide = std::any_of(hidden.begin(), hidden.end(),
                                  [&](const std::string& part) { return line.find(part) != std::string::npos; });
    if (!hide) out += line + "\n";
  }
  return out;
}

// The golden file as it should read, given what the commands print now.
std::string Replay(const std::string& golden, const TempFolder& folder) {
  std::istringstream in(golden);
  std::string out, file_name, file_text;
  std::vector<std::string> hidden;
  bool in_output = false;
  auto finish_file = [&] {
    if (!file_name.empty()) folder.Write(file_name, file_text);
    file_name.clear();
    file_text.clear();
  };
  for (std::string line; std::getline(in, line);) {
    const bool directive = line.rfind("--- ", 0) == 0;
    if (directive) finish_file();
    if (in_output && line.rfind("--- exit", 0) != 0) continue;  // replaced by what was printed
    if (line.rfind("--- exit", 0) == 0) {
      in_output = false;
      continue;
    }
    out += line + "\n";
    if (line.rfind("--- file ", 0) == 0) {
      file_name = line.substr(9);
    } else if (line.rfind("--- hide ", 0) == 0) {
      hidden.push_back(line.substr(9));
    } else if (line.rfind("--- run ", 0) == 0) {
      std::vector<std::string> argv = SplitArguments(line.substr(8));
      argv.insert(argv.begin(), EQLC_COMMAND);
      const Finished finished = RunProgram(argv, folder.path());
      out += WithoutLines(finished.out + finished.err, hidden);
      out += fmt::format("--- exit {}\n", finished.exit_code);
      in_output = true;
    } else if (!file_name.empty()) {
      file_text += ExpandAll(line) + "\n";
    }
  }
  return out;
}

std::vector<std::string> GoldenFiles() {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(EQLC_SOURCE_DIR "/tests/golden")) {
    if (entry.path().extension() == ".golden")
      names.push_back(fs::relative(entry.path(), EQLC_SOURCE_DIR "/tests/golden"));
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, PrintsWhatTheFileSays) {
  const fs::path path = fs::path(EQLC_SOURCE_DIR "/tests/golden") / GetParam();
  const TempFolder folder;
  const std::string expected = ReadFile(path);
  ASSERT_NE(expected.find("--- run "), std::string::npos) << "runs nothing";
  const std::string found = Replay(expected, folder);
  if (std::getenv("EQLC_UPDATE_GOLDENS")) {
    std::ofstream(path, std::ios::binary) << found;
  } else {
    EXPECT_EQ(found, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Golden, ::testing::ValuesIn(GoldenFiles()), [](const auto& param_info) {
  std::string name = param_info.param.substr(0, param_info.param.rfind('.'));
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

// Codes that no golden can provoke.
const std::map<std::string, std::string> kNotProvoked = {
    {"W0501", "needs a host that forbids executable memory"},
    {"E0502", "would be a fault of eqlc"},
};

TEST(Goldens, ShowEveryDiagnostic) {
  std::string all;
  for (const std::string& name : GoldenFiles()) {
    if (name.rfind("diagnostics/", 0) == 0) all += ReadFile(EQLC_SOURCE_DIR "/tests/golden/" + name);
  }
  std::set<std::string> codes;
#define EQLC_DIAGNOSTIC(id, name, severity, title) codes.insert(id);
#include "compiler/diag/codes.def"
#undef EQLC_DIAGNOSTIC
  for (const std::string& code : codes) {
    const bool shown = all.find("[" + code + "]: ") != std::string::npos;
    EXPECT_NE(shown, kNotProvoked.count(code) > 0) << code << (shown ? " is shown after all" : " has no golden");
  }
  for (const auto& [code, reason] : kNotProvoked) EXPECT_TRUE(codes.count(code)) << code << " is no code";
}

}  // namespace
