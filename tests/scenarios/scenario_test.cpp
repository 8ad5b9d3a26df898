// Runs every rule of rules/ over its scenarios, natively, from a shared object and interpreted, and all of them
// together over the sample events. rules/README.md describes the files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/scenarios/run_events.h"
#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace eqlc::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kRules = EQLC_RULES_DIR;

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Paths relative to the folder of the rules, sorted.
std::vector<std::string> RuleFiles() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(kRules)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().lexically_relative(kRules).generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// rules/linux/x.toml -> rules/linux/x.scenarios.json
fs::path ScenarioFile(const std::string& rule) { return kRules / fs::path(rule).replace_extension(".scenarios.json"); }

std::vector<std::string> Lines(const fs::path& path) {
  std::vector<std::string> lines;
  std::istringstream text(ReadText(path));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::vector<Match> ParseMatches(const json& expect) {
  std::vector<Match> matches;
  for (const json& one : expect) {
    Match match;
    for (const json& index : one) {
      match.push_back(index.is_null() ? std::nullopt : std::optional<size_t>(index.get<size_t>()));
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

std::string ToText(const std::vector<Match>& matches) {
  json list = json::array();
  for (const Match& match : matches) {
    json one = json::array();
    for (const auto& index : match) one.push_back(index ? json(*index) : json());
    list.push_back(one);
  }
  return list.dump();
}

CompileResult CompileRule(const std::string& rule, const std::string& cache = "") {
  return Compile({{(kRules / rule).string(), ReadText(kRules / rule)}}, {.cache_dir = cache});
}

struct NamedEngine {
  const char* name;
  std::shared_ptr<const Program> program;
  Engine engine;
};

class RuleScenarios : public ::testing::TestWithParam<std::string> {};

TEST_P(RuleScenarios, AlertsAsExpected) {
  const CompileResult compiled = CompileRule(GetParam());
  ASSERT_EQ(compiled.program->rules().size(), 1u) << Describe(compiled.diagnostics);
  ASSERT_TRUE(compiled.diagnostics.empty()) << Describe(compiled.diagnostics);
  const eqlc::testing::TempFolder cache;
  const CompileResult loaded = CompileRule(GetParam(), cache.path() + "/cache");
  const NamedEngine engines[] = {{"native", compiled.program, Engine::kNative},
                                 {"shared object", loaded.program, Engine::kNative},
                                 {"interpreter", compiled.program, Engine::kInterpreter}};
  const json file = json::parse(ReadText(ScenarioFile(GetParam())));
  for (const json& scenario : file.at("scenarios")) {
    std::vector<std::string> events;
    for (const json& event : scenario.at("events")) events.push_back(event.dump());
    const std::string expected = ToText(ParseMatches(scenario.at("expect")));
    for (const auto& [name, program, engine] : engines) {
      const Outcome outcome = RunEvents(program, engine, events);
      EXPECT_EQ(outcome.error, "") << scenario.at("name") << ", " << name;
      EXPECT_EQ(ToText(outcome.matches), expected) << scenario.at("name") << ", " << name;
      EXPECT_EQ(outcome.stats.bad_events, 0u) << scenario.at("name");
    }
  }
}

// A rule that never had to alert, or never had to keep quiet, is not tested.
TEST_P(RuleScenarios, CoverBothAnswers) {
  ASSERT_TRUE(fs::exists(ScenarioFile(GetParam()))) << "every rule needs scenarios: " << ScenarioFile(GetParam());
  const json file = json::parse(ReadText(ScenarioFile(GetParam())));
  size_t with_alert = 0;
  size_t without_alert = 0;
  for (const json& scenario : file.at("scenarios")) {
    const json& events = scenario.at("events");
    ASSERT_FALSE(events.empty()) << scenario.at("name");
    ++(scenario.at("expect").empty() ? without_alert : with_alert);
    std::set<std::string> texts;
    for (const json& event : events) texts.insert(event.dump());
    EXPECT_EQ(texts.size(), events.size()) << "two events are the same: " << scenario.at("name");
  }
  EXPECT_GT(with_alert, 0u) << "no scenario with an alert";
  EXPECT_GT(without_alert, 0u) << "no scenario without an alert";
}

std::string TestName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = fs::path(info.param).replace_extension().generic_string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleScenarios, ::testing::ValuesIn(RuleFiles()), TestName);

TEST(RuleFolder, EveryScenarioFileHasItsRule) {
  for (const auto& entry : fs::recursive_directory_iterator(kRules)) {
    std::string path = entry.path().string();
    if (!path.ends_with(".scenarios.json")) continue;
    path.replace(path.size() - std::string_view(".scenarios.json").size(), std::string::npos, ".toml");
    EXPECT_TRUE(fs::exists(path)) << entry.path();
  }
}

TEST(RuleFolder, IdsAndNamesAreUnique) {
  const CompileResult compiled = CompileFiles({kRules.string()});
  ASSERT_TRUE(compiled.diagnostics.empty()) << Describe(compiled.diagnostics);
  ASSERT_EQ(compiled.program->rules().size(), RuleFiles().size());
  std::set<std::string_view> ids;
  std::set<std::string_view> names;
  for (const RuleInfo& rule : compiled.program->rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  }
}

TEST(SampleEvents, AllRulesTogetherAlertAsExpected) {
  const json file = json::parse(ReadText(kRules / "sample-events.expected.json"));
  std::map<std::string, uint64_t> expected;  // by rule id
  for (const std::string& rule : RuleFiles()) {
    const CompileResult compiled = CompileRule(rule);
    ASSERT_EQ(compiled.program->rules().size(), 1u) << Describe(compiled.diagnostics);
    expected[std::string(compiled.program->rules()[0].id)] = file.at("alerts").value(rule, uint64_t{0});
  }
  const CompileResult compiled = CompileFiles({kRules.string()});
  const std::vector<std::string> events = Lines(kRules / "sample-events.ndjson");
  ASSERT_GE(events.size(), 200u);
  for (const Engine engine : {Engine::kNative, Engine::kInterpreter}) {
    const Outcome outcome = RunEvents(compiled.program, engine, events);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.stats.events, events.size());
    EXPECT_EQ(outcome.stats.late_events, 0u);
    for (size_t i = 0; i < compiled.program->rules().size(); ++i) {
      const RuleInfo& rule = compiled.program->rules()[i];
      EXPECT_EQ(outcome.stats.alerts_per_rule.at(i), expected[std::string(rule.id)]) << rule.name;
    }
  }
}

}  // namespace
}  // namespace eqlc::scenarios
