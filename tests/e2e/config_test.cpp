// Where options come from: the command line wins over the environment, the environment over the file of --config.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using testing::Finished;
using ::testing::HasSubstr;
using testing::RunProgram;
using testing::TempFolder;

// A variable of the environment that programs started meanwhile see.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) { setenv(name, value.c_str(), 1); }
  ~Variable() { unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

class Config : public ::testing::Test {
 protected:
  // Matches of `any where true` on three events: one a line.
  Finished Query(std::vector<std::string> more = {}) const {
    std::vector<std::string> argv = {EQLC_COMMAND, "query", "any where true", events_};
    argv.insert(argv.end(), more.begin(), more.end());
    return RunProgram(argv);
  }
  static size_t Lines(const Finished& finished) {
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return static_cast<size_t>(std::count(finished.out.begin(), finished.out.end(), '\n'));
  }
  std::string File(const std::string& text) const { return folder_.Write("eqlc.toml", text); }

  const TempFolder folder_;
  const std::string events_ = folder_.Write("events.ndjson", "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
};

TEST_F(Config, IsReadFromTheFile) {
  const std::string file = File("[query]\nsize = 2\n");
  EXPECT_EQ(Lines(Query()), 3u);
  EXPECT_EQ(Lines(Query({"--config", file})), 2u);
}

TEST_F(Config, IsNamedByTheEnvironment) {
  const Variable config("EQLC_CONFIG", File("size = 2\n"));
  EXPECT_EQ(Lines(Query()), 2u);
}

TEST_F(Config, LosesToTheEnvironment) {
  const std::string file = File("size = 2\n");
  const Variable size("EQLC_SIZE", "1");
  EXPECT_EQ(Lines(Query({"--config", file})), 1u);
}

// Verbs may take different values for options of one name.
TEST_F(Config, OfTheEnvironmentIsThatOfTheVerb) {
  const std::string rule = folder_.Write("rule.eql", "any where true");
  const Variable format("EQLC_FORMAT", "csv");
  const Variable output("EQLC_OUTPUT", folder_.path() + "/alerts.csv");
  const Finished run = RunProgram({EQLC_COMMAND, "run", "--quiet", "-r", rule, events_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/alerts.csv"));
  const Finished check = RunProgram({EQLC_COMMAND, "check", rule});
  EXPECT_EQ(check.exit_code, 3);
  EXPECT_THAT(check.err, HasSubstr("csv not in {text,json}"));
  EXPECT_EQ(RunProgram({EQLC_COMMAND, "eval", "1"}).exit_code, 0);
}

TEST_F(Config, LosesToTheCommandLine) {
  const std::string file = File("size = 2\n");
  EXPECT_EQ(Lines(Query({"--config", file, "--size", "1"})), 1u);
  const Variable size("EQLC_SIZE", "2");
  EXPECT_EQ(Lines(Query({"--size", "1"})), 1u);
}

TEST_F(Config, OfAVerbWinsOverThatOfAll) {
  const std::string file = File("size = 2\n[query]\nsize = 1\n");
  EXPECT_EQ(Lines(Query({"--config", file})), 1u);
}

TEST_F(Config, OfOtherVerbsIsCheckedAndNotUsed) {
  EXPECT_EQ(Lines(Query({"--config", File("[run]\nformat = \"csv\"\n")})), 3u);
  const Finished bad = Query({"--config", File("[run]\nsize = 1\n")});
  EXPECT_EQ(bad.exit_code, 3);
  EXPECT_THAT(bad.err, HasSubstr("`eqlc run` has no option `--size`"));
}

TEST_F(Config, TakesAllOfToml) {
  const std::string rule = folder_.Write("rule #1, of two.eql", "any where n == 1");
  const std::string other = folder_.Write("other.eql", "any where n == 2");
  const std::string file = File("[run]\nrules = [\n  '" + rule + "',  # one\n  \"" + other +
                                "\"]\nquiet = true\nformat = \"csv\"\nopt-level = 0\n");
  const Finished finished = RunProgram({EQLC_COMMAND, "run", events_, "--config", file});
  EXPECT_EQ(Lines(finished), 3u) << finished.out;  // a heading and two alerts
}

TEST_F(Config, IsAnErrorWhenMissingOrBad) {
  EXPECT_EQ(Query({"--config", folder_.path() + "/none.toml"}).exit_code, 3);
  const Finished deep = Query({"--config", File("x = " + std::string(1000, '['))});
  EXPECT_EQ(deep.exit_code, 3);
  EXPECT_THAT(deep.err, HasSubstr("line 1: values are nested deeper"));
  EXPECT_EQ(Query({"--config", File(std::string(100'000, '#'))}).exit_code, 3);
  EXPECT_EQ(Query({"--config", File("size = { a = 1 }\n")}).exit_code, 3);
  const Variable config("EQLC_CONFIG", folder_.path() + "/none.toml");
  EXPECT_EQ(Query().exit_code, 3);
}

// `--some-option` is EQLC_SOME_OPTION, for every option but those that stand for a positional argument.
TEST(Options, HaveTheirVariables) {
  for (const std::string& verb : testing::Verbs(EQLC_COMMAND)) {
    std::istringstream help(RunProgram({EQLC_COMMAND, verb, "--help"}).out);
    const std::regex option(R"(^  (?:-\w,)?--([\w-]+)(.*))");
    std::smatch match;
    for (std::string line; std::getline(help, line);) {
      if (!std::regex_match(line, match, option) || match[1] == "help" || match[1] == "query") continue;
      std::string variable = "EQLC_" + std::string(match[1]);
      for (char& c : variable) c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      EXPECT_THAT(std::string(match[2]), HasSubstr("(Env:" + variable + ")")) << "eqlc " << verb << line;
    }
  }
}

}  // namespace
}  // namespace eqlc
