// Public rules over real recordings: every rule compiles, and interpreter, generated code and a ruleset read back from
// its image give the same alerts. Rules and events are not ours to ship; EQLC_CORPORA_DIR names the folder that holds
// them (detection-rules/, behaviour-rules/, events/*.ndjson.zst).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "compiler/ir/image_reader.h"
#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "runtime/program/program.h"
#include "runtime/source/line_reader.h"
#include "tests/support/recording_sink.h"
#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

class Corpora : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EQLC_CORPORA_DIR");
    if (!folder) GTEST_SKIP() << "not run: EQLC_CORPORA_DIR does not name the public rules and events";
    folder_ = folder;
  }

  CompileResult CompileAll(const std::string& rules, bool native_code = true) const {
    return CompileFiles({folder_ + "/" + rules}, {.native_code = native_code, .opt_level = OptLevel::kO0});
  }

  std::vector<std::string> Events(const std::string& name) const {
    Result<LineReader> reader = LineReader::Open(folder_ + "/events/" + name);
    if (!reader) {
      ADD_FAILURE() << reader.error().message;
      return {};
    }
    std::vector<std::string> events;
    InputLine line;
    for (Result<bool> more = reader->Next(line); more.ok() && *more; more = reader->Next(line)) {
      events.emplace_back(line.text);
    }
    return events;
  }

  std::string folder_;
};

void ExpectAllCompile(const CompileResult& compiled) {
  for (const Diagnostic& d : compiled.diagnostics) {
    if (d.severity == Severity::kError) ADD_FAILURE() << RenderText(d, false);
  }
  EXPECT_EQ(compiled.rules_failed, 0u) << "of " << compiled.rules_total;
  EXPECT_GT(compiled.rules_total, 0u);
  EXPECT_TRUE(ir::ReadImage(compiled.program->impl().image).ok());
}

std::vector<std::string> Alerts(const std::shared_ptr<const Program>& program, Engine engine,
                                const std::vector<std::string>& events) {
  testing::RecordingSink sink;
  Session session(program, sink, {.engine = engine});
  for (const std::string& event : events) EXPECT_TRUE(session.Push(event).ok()) << event;
  EXPECT_TRUE(session.Finish().ok());
  return std::move(sink.alerts);
}

void ExpectEnginesAgree(const CompileResult& compiled, const std::vector<std::string>& events, size_t alerts_at_least) {
  ASSERT_TRUE(compiled.program->has_native_code());
  const testing::TempFolder folder;
  const std::string path = folder.path() + "/rules.eqlc";
  ASSERT_TRUE(compiled.program->Save(path).ok());
  const auto loaded = Program::Load(path);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  const std::vector<std::string> native = Alerts(compiled.program, Engine::kNative, events);
  EXPECT_EQ(native, Alerts(compiled.program, Engine::kInterpreter, events));
  EXPECT_EQ(native, Alerts(*loaded, Engine::kInterpreter, events));
  EXPECT_GE(native.size(), alerts_at_least);
  fmt::print("{} rules, {} events, {} alerts, 0 differences\n", compiled.rules_total, events.size(), native.size());
}

TEST_F(Corpora, EveryDetectionRuleCompiles) { ExpectAllCompile(CompileAll("detection-rules", false)); }

TEST_F(Corpora, EveryBehaviourRuleCompiles) { ExpectAllCompile(CompileAll("behaviour-rules", false)); }

TEST_F(Corpora, EnginesAgreeOnAttackRecordings) {
  ExpectEnginesAgree(CompileAll("detection-rules"), Events("otrf-windows-ecs-sample.ndjson.zst"), 50);
}

TEST_F(Corpora, EnginesAgreeOnEndpointDocuments) {
  std::vector<std::string> events = Events("elastic-defend-samples.ndjson");
  for (std::string& event : Events("elastic-integration-samples.ndjson.zst")) events.push_back(std::move(event));
  ExpectEnginesAgree(CompileAll("behaviour-rules"), events, 0);
}

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// One of many changes an author makes, now this, now that.
void Edit(const std::vector<std::filesystem::path>& files, size_t number) {
  const std::filesystem::path& path = files[number * 97 % files.size()];
  const std::string text = ReadText(path);
  if (number % 5 == 0) {
    std::filesystem::rename(path, path.string() + ".off");
  } else if (number % 5 == 1) {
    std::ofstream(path.string() + "-copy.toml", std::ios::binary) << text;  // an id that is there twice
  } else {
    const size_t at = text.find(" where ");
    const char* const with = number % 5 == 2   ? " where (("
                             : number % 5 == 3 ? " where\n  "
                                               : " where proces.name : \"a\" or ";
    std::ofstream(path, std::ios::binary)
        << (at == std::string::npos ? text : text.substr(0, at) + with + text.substr(at + 7));
  }
}

TEST_F(Corpora, AfterEditsTheCacheGivesWhatACompilationDoes) {
  const testing::TempFolder rules, cache;
  for (const char* corpus : {"detection-rules", "behaviour-rules"}) {
    std::filesystem::copy(folder_ + "/" + corpus, rules.path(corpus), std::filesystem::copy_options::recursive);
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(rules.path())) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  CompileOptions options{.native_code = false};
  for (size_t round = 0; round < 4; ++round) {
    for (size_t i = 0; i < 5 * round; ++i) Edit(files, round * 50 + i);
    options.cache_dir.clear();
    const CompileResult cold = CompileFiles({rules.path()}, options);
    options.cache_dir = cache.path();
    const CompileResult cached = CompileFiles({rules.path()}, options);
    EXPECT_TRUE(std::ranges::equal(cached.program->image(), cold.program->image())) << round;
    EXPECT_EQ(cached.rules_total, cold.rules_total);
    EXPECT_EQ(cached.rules_failed, cold.rules_failed);
    EXPECT_EQ(cached.rules_warned, cold.rules_warned);
    ASSERT_EQ(cached.diagnostics.size(), cold.diagnostics.size());
    for (size_t i = 0; i < cold.diagnostics.size(); ++i) {
      EXPECT_EQ(RenderText(cached.diagnostics[i], false), RenderText(cold.diagnostics[i], false));
    }
    EXPECT_EQ(cold.rules_failed > 0, round > 0);
  }
}

}  // namespace
}  // namespace eqlc
