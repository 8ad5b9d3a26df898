// The cache as Compile uses it: what is found again, what is not, and what happens to a folder or an entry that is bad.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/recording_sink.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

const std::vector<RuleText> kRules = {{"good.eql", "process where process.name : \"c*\" and user.id == 1"},
                                      {"warned.eql", "any where process.name == \"*\""},
                                      {"bad.eql", "any where nonsense("},
                                      {"pair.eql", "sequence [any where a == 1] [any where a == 2]"}};

bool WasFound(const CompileResult& result) {
  return std::ranges::any_of(result.phases, [](const CompilePhase& p) { return std::string_view(p.name) == "cache"; });
}

std::string Findings(const CompileResult& result) {
  std::string text;
  for (const Diagnostic& d : result.diagnostics) text += RenderText(d, false);
  return text;
}

std::vector<std::string> Alerts(const CompileResult& result) {
  testing::RecordingSink sink;
  Session session(result.program, sink);
  for (const char* event :
       {R"({"@timestamp":1,"event":{"category":"process"},"process":{"name":"cmd"},"user":{"id":1}})",
        R"({"@timestamp":2,"a":1})", R"({"@timestamp":3,"a":2})"}) {
    EXPECT_TRUE(session.Push(event).ok());
  }
  EXPECT_TRUE(session.Finish().ok());
  return std::move(sink.alerts);
}

class CacheTest : public ::testing::Test {
 protected:
  CompileResult Run(const std::vector<RuleText>& rules = kRules, CompileOptions options = {}) const {
    options.cache_dir = dir();
    return Compile(rules, options);
  }
  std::string dir() const { return folder_.path("cache"); }
  // But for what is remembered of the texts one by one.
  std::vector<std::string> Entries() const {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(dir())) {
      const std::string path = entry.path();
      if (entry.path().stem().string().find('-') == std::string::npos) paths.push_back(path);
    }
    return paths;
  }

  const TempFolder folder_;
};

TEST_F(CacheTest, GivesTheSameTheSecondTime) {
  const CompileResult plain = Compile(kRules);
  for (const bool native : {true, false}) {
    const CompileResult first = Run(kRules, {.native_code = native});
    const CompileResult second = Run(kRules, {.native_code = native});
    EXPECT_FALSE(WasFound(first));
    EXPECT_TRUE(WasFound(second));
    for (const CompileResult* result : {&first, &second}) {
      EXPECT_EQ(Findings(*result), Findings(plain));
      EXPECT_EQ(result->rules_total, 4u);
      EXPECT_EQ(result->rules_failed, 1u);
      EXPECT_EQ(result->rules_warned, plain.rules_warned);
      EXPECT_EQ(result->program->has_native_code(), native);
      EXPECT_TRUE(std::ranges::equal(result->program->image(), plain.program->image()));
      EXPECT_EQ(Alerts(*result), Alerts(plain));
    }
    EXPECT_EQ(Alerts(plain).size(), 2u);
  }
  EXPECT_EQ(Entries().size(), 2u) << "one entry of each kind, and nothing else";
}

TEST_F(CacheTest, FilesAreFoundByWhatIsInThem) {
  const TempFolder rules;
  const std::string path = rules.Write("a.eql", "any where a == 1");
  const CompileOptions options{.cache_dir = dir()};
  EXPECT_FALSE(WasFound(CompileFiles({rules.path("")}, options)));
  EXPECT_TRUE(WasFound(CompileFiles({rules.path("")}, options)));
  rules.Write("a.eql", "any where a == 2");
  EXPECT_FALSE(WasFound(CompileFiles({rules.path("")}, options)));
  rules.Write("a.eql", "any where a == 1");
  EXPECT_TRUE(WasFound(CompileFiles({rules.path("")}, options)));
  const CompileResult missing = CompileFiles({rules.path(""), rules.path("none")}, options);
  EXPECT_FALSE(WasFound(missing));
  EXPECT_THAT(Findings(missing), HasSubstr("cannot read"));
}

TEST_F(CacheTest, ADamagedEntryIsMadeAgain) {
  Run();
  const std::string path = Entries().at(0);
  const auto size = std::filesystem::file_size(path);
  for (const uint64_t at : {uint64_t{0}, uint64_t{16}, size / 3, size / 2, size - 60, size - 1}) {
    {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<std::streamoff>(at));
      const char byte = static_cast<char>(file.get() ^ 0x20);
      file.seekp(static_cast<std::streamoff>(at));
      file.put(byte);
    }
    const CompileResult result = Run();
    EXPECT_FALSE(WasFound(result)) << at;
    EXPECT_EQ(Alerts(result).size(), 2u);
    EXPECT_TRUE(WasFound(Run())) << at;
  }
  for (const uint64_t shorter : {uint64_t{0}, uint64_t{1}, size / 2, size - 1}) {
    std::filesystem::resize_file(path, shorter);
    EXPECT_FALSE(WasFound(Run())) << shorter;
    EXPECT_TRUE(WasFound(Run())) << shorter;
  }
}

TEST_F(CacheTest, WithoutAUsableFolderTheRulesStillRun) {
  folder_.Write("cache", "a file");
  for (int i = 0; i < 2; ++i) {
    const CompileResult result = Run();
    EXPECT_FALSE(WasFound(result));
    EXPECT_TRUE(result.program->has_native_code());
    EXPECT_EQ(Alerts(result).size(), 2u);
    EXPECT_EQ(result.diagnostics.back().code, "N0003");
    EXPECT_EQ(result.diagnostics.back().severity, Severity::kNote);
    EXPECT_THAT(result.diagnostics.back().message, HasSubstr("no folder"));
  }
}

TEST_F(CacheTest, NoRulesIsAnEntryToo) {
  EXPECT_FALSE(WasFound(Run({})));
  EXPECT_TRUE(WasFound(Run({})));
  EXPECT_TRUE(Run({}).program->rules().empty());
}

TEST_F(CacheTest, ProgramsOutliveTheirEntries) {
  Run();
  const CompileResult result = Run();
  ASSERT_TRUE(WasFound(result));
  std::filesystem::remove_all(dir());
  EXPECT_EQ(Alerts(result).size(), 2u);
}

TEST_F(CacheTest, ManyThreadsShareAFolder) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 3; ++n) EXPECT_EQ(Alerts(Run({kRules[0], kRules[3]})).size(), 2u);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Entries().size(), 1u);
}

TEST_F(CacheTest, ManyProcessesShareAFolder) {
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      bool good = true;
      for (int n = 0; n < 3; ++n) good &= Alerts(Run({kRules[0], kRules[3]})).size() == 2;
      ::_exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT_EQ(Entries().size(), 1u);
}

}  // namespace
}  // namespace eqlc
