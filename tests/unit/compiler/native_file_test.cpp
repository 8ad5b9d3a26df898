// Rules compiled to files with machine code: what they give when they are loaded, and what is refused.
#include "compiler/native_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "compiler/native/jit.h"
#include "eqlc/session.hpp"
#include "runtime/program/cpu_features.h"
#include "tests/support/recording_sink.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

// Longer than what is compared inline, so that the C library's memcmp is called.
constexpr const char* kLongName =
    "a-name-that-is-so-long-that-no-code-generator-compares-it-inline-at-any-level-0123456789";

std::string Rules() {
  return std::string("process where process.name == \"") + kLongName +
         "\" and process.pid in (1, 2, 3) and not process.args : \"*secret*\" and length(user.name) > 2";
}

constexpr const char* kSequence =
    "sequence by host.id with maxspan=1m [process where process.name == \"a\"] "
    "[network where destination.port == 80] until [process where process.name == \"z\"]";

std::string Event(const std::string& fields) { return R"({"@timestamp":1700000000,)" + fields + "}"; }

std::vector<std::string> Events() {
  const std::string process = R"("event":{"category":"process"},"host":{"id":"h"},)";
  return {
      Event(process + R"("process":{"name":")" + kLongName + R"(","pid":2,"args":["x"]},"user":{"name":"anna"})"),
      Event(process + R"("process":{"name":")" + kLongName + R"(","pid":2,"args":["my secret"]},"user":{"name":"b"})"),
      Event(process + R"("process":{"name":"a"})"),
      Event(R"("event":{"category":"network"},"host":{"id":"h"},"destination":{"port":80})")};
}

std::vector<std::string> AlertsOf(const std::shared_ptr<const Program>& program, Engine engine) {
  testing::RecordingSink sink;
  Session session(program, sink, {.engine = engine});
  for (const std::string& event : Events()) EXPECT_TRUE(session.Push(event).ok()) << event;
  EXPECT_TRUE(session.Finish().ok());
  return std::move(sink.alerts);
}

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class NativeFileTest : public ::testing::Test {
 protected:
  NativeFileTest() { rules_ = {folder_.Write("rules/a.eql", Rules()), folder_.Write("rules/b.eql", kSequence)}; }

  std::string Compile(const NativeFile& file, OptLevel level = OptLevel::kO1) {
    CompileResult result;
    const Status status = CompileToFile(rules_, {.opt_level = level}, file, result);
    EXPECT_EQ(result.program->rules().size(), 2u);
    return status.ok() ? "" : status.error().message;
  }
  std::string path() const { return folder_.path("rules.so"); }
  std::string LoadError(const std::string& contents) const {
    const auto program = Program::Load(folder_.Write("changed.so", contents));
    return program.ok() ? "" : program.error().message;
  }

  const TempFolder folder_;
  std::vector<std::string> rules_;
};

TEST_F(NativeFileTest, ASharedObjectAlertsAsTheInterpreterDoes) {
  for (const OptLevel level : {OptLevel::kO0, OptLevel::kO1, OptLevel::kO2}) {
    ASSERT_EQ(Compile({.path = path()}, level), "");
    const auto program = Program::Load(path());
    ASSERT_TRUE(program.ok()) << program.error().message;
    EXPECT_TRUE((*program)->has_native_code());
    const std::vector<std::string> alerts = AlertsOf(*program, Engine::kNative);
    EXPECT_EQ(alerts.size(), 2u);
    EXPECT_EQ(alerts, AlertsOf(*program, Engine::kInterpreter));
  }
}

TEST_F(NativeFileTest, AFileThatIsReplacedIsAnotherRuleset) {
  ASSERT_EQ(Compile({.path = path()}), "");
  const auto first = Program::Load(path());
  ASSERT_TRUE(first.ok());
  CompileResult result;
  ASSERT_TRUE(CompileToFile({rules_[0]}, {}, {.path = path()}, result).ok());
  const auto second = Program::Load(path());
  ASSERT_TRUE(second.ok());
  EXPECT_EQ((*first)->rules().size(), 2u);
  EXPECT_EQ((*second)->rules().size(), 1u);
  EXPECT_EQ(AlertsOf(*first, Engine::kNative).size(), 2u);
  EXPECT_EQ(AlertsOf(*second, Engine::kNative).size(), 1u);
}

TEST_F(NativeFileTest, EqualRulesGiveEqualFiles) {
  ASSERT_EQ(Compile({.path = path()}), "");
  ASSERT_EQ(Compile({.path = folder_.path("again.so")}), "");
  EXPECT_EQ(Read(path()), Read(folder_.path("again.so")));
}

TEST_F(NativeFileTest, NothingElseIsLeftBehind) {
  std::filesystem::create_directory(folder_.path("out"));
  ASSERT_EQ(Compile({.path = folder_.path("out/rules.so")}), "");
  EXPECT_FALSE(Compile({.path = folder_.path("out")}).empty());
  const std::filesystem::directory_iterator files(folder_.path("out"));
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(NativeFileTest, CodeForOtherProcessorsUsesNoMoreThanTheyHave) {
  ASSERT_TRUE(FindCpu("native").ok());
#if defined(__x86_64__)
  EXPECT_EQ(FindCpu("x86-64")->features, "");
  EXPECT_EQ(FindCpu("x86-64-v2")->features, "sse3,ssse3,sse4.1,sse4.2,popcnt");
  EXPECT_THAT(FindCpu("x86-64-v4")->features, HasSubstr("avx512vl"));
  EXPECT_THAT(FindCpu("znver3")->features, HasSubstr("bmi2"));
  ASSERT_EQ(Compile({.path = path(), .cpu = "x86-64"}), "");
  EXPECT_TRUE(Program::Load(path()).ok());
#endif
  EXPECT_THAT(Compile({.path = path(), .cpu = "abacus"}), HasSubstr("unknown processor 'abacus'"));
}

TEST_F(NativeFileTest, NativeCodeNeedsWhatThisMachineHas) {
  EXPECT_EQ(MissingCpuFeatures(FindCpu("native")->features), "");
}

TEST_F(NativeFileTest, DamagedFilesAreRefused) {
  ASSERT_EQ(Compile({.path = path()}), "");
  const std::string whole = Read(path());
  ASSERT_EQ(LoadError(whole), "");
  for (size_t at = 0; at < whole.size(); at += 61) {
    std::string changed = whole;
    changed[at] ^= 0x10;
    EXPECT_NE(LoadError(changed), "") << at;
  }
  for (size_t size = 0; size < whole.size(); size += 61) EXPECT_NE(LoadError(whole.substr(0, size)), "") << size;
}

TEST_F(NativeFileTest, AnObjectIsForLinking) {
  const NativeFile file{.path = folder_.path("rules.o"), .format = NativeFile::Format::kObject, .symbol = "my_rules"};
  ASSERT_EQ(Compile(file), "");
  EXPECT_THAT(Read(file.path), HasSubstr("my_rules"));
  EXPECT_THAT(Program::Load(file.path).error().message, HasSubstr("for linking into a program"));
}

TEST_F(NativeFileTest, ObjectsOfSeveralRulesetsGoIntoOneProgram) {
  std::vector<ObjectBytes> objects;
  for (const char* symbol : {"some_rules", "other_rules"}) {
    const NativeFile file{.path = folder_.path(symbol), .format = NativeFile::Format::kObject, .symbol = symbol};
    ASSERT_EQ(Compile(file), "");
    const std::string bytes = Read(file.path);
    const auto begin = reinterpret_cast<const std::byte*>(bytes.data());
    objects.emplace_back(begin, begin + bytes.size());
  }
  const Status linked = LinkRuleset(objects, NativeFile::Format::kSharedObject, path());
  EXPECT_TRUE(linked.ok()) << linked.error().message;
}

TEST_F(NativeFileTest, TheSameForAnyNumberOfThreads) {
  std::vector<std::string> files;
  for (const unsigned threads : {1u, 2u, 5u}) {
    CompileResult result;
    ASSERT_TRUE(CompileToFile(rules_, {.threads = threads}, {.path = path()}, result).ok());
    files.push_back(Read(path()));
  }
  EXPECT_EQ(files[0], files[1]);
  EXPECT_EQ(files[0], files[2]);
}

TEST_F(NativeFileTest, SymbolsAreIdentifiers) {
  for (const std::string symbol : {"", "1a", "a-b", "a b", "\xC3\xA4"}) {
    const NativeFile file{.path = folder_.path("rules.o"), .format = NativeFile::Format::kObject, .symbol = symbol};
    EXPECT_THAT(Compile(file), HasSubstr("no name for a symbol")) << symbol;
  }
}

TEST_F(NativeFileTest, SaysWhyItCannotWrite) {
  EXPECT_THAT(Compile({.path = folder_.path("no/such/folder.so")}), HasSubstr("No such file"));
}

}  // namespace
}  // namespace eqlc
