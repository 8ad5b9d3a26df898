// Public rules over real recordings: every rule compiles, and interpreter, generated code and a ruleset read back from
// its image give the same alerts. Rules and events are not ours to ship; EQLC_CORPORA_DIR names the folder that holds
// them (detection-rules/, behaviour-rules/, events/*.ndjson.zst).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
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

}  // namespace
}  // namespace eqlc
