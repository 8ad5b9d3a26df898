#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/rulefile/rule_source.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Json = nlohmann::json;

RuleFileContents Load(const std::string& text) { return LoadRuleText({"r.toml", text}); }

// "E0004 3:1 message" for each finding.
std::vector<std::string> Findings(const RuleFileContents& contents) {
  std::vector<std::string> findings;
  for (const Diagnostic& d : contents.diagnostics) {
    const std::string position = std::to_string(d.range.line) + ":" + std::to_string(d.range.column);
    findings.push_back(d.code + " " + position + " " + d.message);
  }
  return findings;
}

constexpr char kGood[] = R"([rule]
name = "Editor starts a shell"
rule_id = "r-1"
type = "eql"
query = "process where true"
)";

constexpr char kBehaviour[] = R"([rule]
name = "Editor reads keys"
id = "b-1"
os_list = ["linux"]
query = "file where true"
)";

TEST(TomlRule, LooksBackAsFromSays) {
  const auto look_back = [](const std::string& text) { return Load(text).rules.at(0).look_back_ns; };
  constexpr int64_t kMinute = int64_t{60} * 1'000'000'000;
  EXPECT_EQ(look_back(std::string(kGood) + "from = \"now-9m\"\n"), 9 * kMinute);
  EXPECT_EQ(look_back(kGood), 6 * kMinute);
  EXPECT_EQ(look_back(std::string(kGood) + "from = \"2026-01-01\"\n"), -1);
  EXPECT_EQ(look_back(kBehaviour), -1);
}

TEST(TomlRule, ReadsADetectionRule) {
  const RuleFileContents contents = Load(R"([metadata]
maturity = "production"

[rule]
name = "Editor starts a shell"
rule_id = "r-1"
type = "eql"
language = "eql"
severity = "critical"
risk_score = 99
event_category_override = "event.type"
query = '''
process where true
'''
)");
  EXPECT_THAT(Findings(contents), IsEmpty());
  ASSERT_THAT(contents.rules, SizeIs(1));
  const RuleSource& rule = contents.rules[0];
  EXPECT_EQ(rule.id, "r-1");
  EXPECT_EQ(rule.name, "Editor starts a shell");
  EXPECT_EQ(rule.severity, "critical");
  EXPECT_EQ(rule.risk_score, 99u);
  EXPECT_EQ(rule.event_category_field, "event.type");
  EXPECT_EQ(rule.query, "process where true\n");
  EXPECT_EQ(rule.dialect, Dialect::kElastic);
  EXPECT_EQ(rule.id_range.line, 6u);
  EXPECT_EQ(rule.id_range.column, 11u);
  EXPECT_EQ(rule.id_range.length, 5u);
  EXPECT_EQ(rule.query_map.Locate({8, 13}).line, 13u);
  EXPECT_EQ(rule.query_map.Locate({8, 13}).column, 9u);
  EXPECT_EQ(contents.failed_rules, 0u);
  EXPECT_EQ(contents.other_rules, 0u);
}

TEST(TomlRule, DefaultsOfADetectionRule) {
  const RuleFileContents contents = Load(kGood);
  ASSERT_THAT(contents.rules, SizeIs(1));
  EXPECT_EQ(contents.rules[0].severity, "low");
  EXPECT_EQ(contents.rules[0].risk_score, 21u);
  EXPECT_EQ(contents.rules[0].event_category_field, "");
}

TEST(TomlRule, ReadsABehaviourRule) {
  const RuleFileContents contents = Load(std::string(kBehaviour) + R"(
[[actions]]
action = "kill_process"
field = "process.entity_id"
state = 0
)");
  EXPECT_THAT(Findings(contents), IsEmpty());
  ASSERT_THAT(contents.rules, SizeIs(1));
  EXPECT_EQ(contents.rules[0].id, "b-1");
  EXPECT_EQ(contents.rules[0].dialect, Dialect::kEndpoint);
  EXPECT_EQ(contents.rules[0].severity, "high");
  EXPECT_EQ(contents.rules[0].risk_score, 73u);
}

TEST(TomlRule, AnyMarkOfTheBehaviourFormatSuffices) {
  const std::string rule = "[rule]\nname = 'n'\nid = 'i'\nquery = 'any where true'\n";
  for (const std::string mark : {"os_list = ['macos']\n", "[[actions]]\n", "[[optional_actions]]\n"}) {
    const RuleFileContents contents = Load(rule + mark);
    ASSERT_THAT(contents.rules, SizeIs(1)) << mark;
    EXPECT_EQ(contents.rules[0].dialect, Dialect::kEndpoint) << mark;
  }
  EXPECT_THAT(Load(rule).rules, IsEmpty()) << "without them it lacks rule_id and type";
}

TEST(TomlRule, CountsOtherLanguages) {
  for (const std::string type : {"query", "saved_query", "new_terms", "esql", "threshold", "machine_learning",
                                 "threat_match", "something_new"}) {
    const RuleFileContents contents = Load("[rule]\ntype = \"" + type + "\"\nodd_key = 1\n");
    EXPECT_EQ(contents.other_rules, 1u) << type;
    EXPECT_EQ(contents.failed_rules, 0u) << type;
    EXPECT_THAT(Findings(contents), IsEmpty()) << type;
  }
  EXPECT_EQ(Load("[rule]\nlanguage = \"kuery\"\n").other_rules, 1u);
}

TEST(TomlRule, AMisspeltTypeIsAnError) {
  for (const std::string type : {"EQL", "eq1", "eqll"}) {
    const RuleFileContents contents =
        Load("[rule]\nname = 'n'\nrule_id = 'i'\nquery = 'any where true'\ntype = '" + type + "'\n");
    EXPECT_THAT(Findings(contents),
                ElementsAre("E0005 5:8 `type` of an EQL rule must be \"eql\", not \"" + type + "\""));
    EXPECT_EQ(contents.failed_rules, 1u);
  }
}

TEST(TomlRule, LongTextsAreCutBetweenCharacters) {
  std::string euros, shown;
  for (int i = 0; i < 100; ++i) euros += "\u20AC";
  for (int i = 0; i < 39; ++i) shown += "\u20AC";
  for (const std::string begin : {"eql", "ql", "l"}) {
    const RuleFileContents contents =
        Load("[rule]\nname = 'n'\nrule_id = 'i'\nquery = 'any where true'\ntype = 'eql'\n" +
             ("language = '" + begin + euros) + "'\n");
    const std::string cut = begin + shown + "...";
    EXPECT_THAT(Findings(contents),
                ElementsAre("E0005 6:12 `language` of an EQL rule must be \"eql\", not \"" + cut + "\""));
  }
}

TEST(TomlRule, MissingKeysAreAllReported) {
  const RuleFileContents contents = Load("\n[rule]\nlicense = \"x\"\n");
  EXPECT_THAT(Findings(contents), ElementsAre("E0004 2:1 the rule has no `rule_id`", "E0004 2:1 the rule has no `name`",
                                              "E0004 2:1 the rule has no `query`", "E0004 2:1 the rule has no `type`"));
  EXPECT_EQ(contents.failed_rules, 1u);
  EXPECT_THAT(contents.rules, IsEmpty());
}

TEST(TomlRule, WithoutARuleTable) {
  EXPECT_THAT(Findings(Load("")), ElementsAre("E0004 1:1 the file has no [rule] table"));
  EXPECT_THAT(Findings(Load("[metadata]\n")), ElementsAre("E0004 1:1 the file has no [rule] table"));
  EXPECT_THAT(Findings(Load("rule = 1\n")), ElementsAre("E0005 1:8 `rule` must be a table, not an integer"));
  EXPECT_THAT(Findings(Load("[[rule]]\n")), SizeIs(1));
  EXPECT_EQ(Load("[[rule]]\n").failed_rules, 1u);
}

TEST(TomlRule, WrongTypesAndRanges) {
  const struct {
    std::string line, finding;
  } cases[] = {
      {"severity = \"hihg\"", "E0005 6:12 `severity` must be \"low\", \"medium\", \"high\" or \"critical\""},
      {"severity = 3", "E0005 6:12 `severity` must be a string, not an integer"},
      {"risk_score = 101", "E0005 6:14 `risk_score` must be between 0 and 100"},
      {"risk_score = -1", "E0005 6:14 `risk_score` must be between 0 and 100"},
      {"risk_score = 47.5", "E0005 6:14 `risk_score` must be an integer, not a float"},
      {"max_signals = 0", "E0005 6:15 `max_signals` must be positive"},
      {"language = \"kuery\"", "E0005 6:12 `language` of an EQL rule must be \"eql\", not \"kuery\""},
      {"event_category_override = \"\"", "E0005 6:27 `event_category_override` is empty"},
      {"tags = \"one\"", "E0005 6:8 `tags` must be a list of strings, not a string"},
      {"tags = [1]", "E0005 6:8 `tags` must be a list of strings"},
      {"threat = [\"x\"]", "E0005 6:10 `threat` must be a list of tables"},
      {"meta = 2024-01-02", "E0005 6:8 `meta` must be a table, not a date or time"},
      {"enabled = 1", "E0005 6:11 `enabled` must be true or false, not an integer"},
  };
  for (const auto& c : cases) {
    const RuleFileContents contents = Load(kGood + c.line + "\n");
    EXPECT_THAT(Findings(contents), Contains(c.finding));
    for (const Diagnostic& diagnostic : contents.diagnostics) EXPECT_EQ(diagnostic.rule_id, "r-1");
    EXPECT_EQ(contents.failed_rules, 1u) << c.line;
    EXPECT_THAT(contents.rules, IsEmpty()) << c.line;
  }
}

TEST(TomlRule, RequiredKeysOfTheWrongKind) {
  EXPECT_THAT(Findings(Load("[rule]\nname = ''\nrule_id = ''\ntype = 1\nquery = []\n")),
              ElementsAre("E0005 2:8 `name` is empty", "E0005 3:11 `rule_id` is empty",
                          "E0005 4:8 `type` must be a string, not an integer", "E0005 5:9 `query` must be a string"));
}

TEST(TomlRule, SuggestsASeverity) {
  const RuleFileContents contents = Load(std::string(kGood) + "severity = \"hihg\"\n");
  ASSERT_THAT(contents.diagnostics, SizeIs(1));
  EXPECT_THAT(contents.diagnostics[0].hints, ElementsAre("did you mean `high`?"));
}

TEST(TomlRule, UnknownKeysAreKeptWithAWarning) {
  const RuleFileContents contents = Load(R"(top = 1
[rule]
name = "n"
rule_id = "i"
type = "eql"
query = "any where true"
referenses = ["https://example.org"]
"odd key" = 2
[rule.meta]
anything = 1
[extra]
inside = 1
)");
  EXPECT_THAT(Findings(contents), ElementsAre("W0001 1:1 the rule file has an unknown key `top`",
                                              "W0001 7:1 [rule] has an unknown key `referenses`",
                                              "W0001 8:1 [rule] has an unknown key `odd key`",
                                              "W0001 11:2 the rule file has an unknown key `extra`"));
  EXPECT_THAT(contents.diagnostics[1].hints, ElementsAre("did you mean `references`?"));
  ASSERT_THAT(contents.rules, SizeIs(1));
  const Json parameters = Json::parse(contents.rules[0].parameters);
  EXPECT_EQ(parameters["extra"]["inside"], 1);
  EXPECT_EQ(parameters["rule"]["odd key"], 2);
  EXPECT_EQ(parameters["top"], 1);
}

TEST(TomlRule, UnknownKeysInListsOfTables) {
  EXPECT_THAT(Findings(Load(std::string(kBehaviour) + "[[actions]]\naction = 'a'\nfeild = 'f'\n")),
              ElementsAre("W0001 8:1 [actions] has an unknown key `feild`"));
}

TEST(TomlRule, WarnsOfKeysWithoutEffect) {
  const struct {
    std::string line, finding;
  } cases[] = {
      {"filters = [{ meta = {} }]",
       "W0002 6:1 `filters` has no effect: the query sees every event; put the conditions into it"},
      {"exceptions_list = [{ id = \"x\" }]",
       "W0002 6:1 `exceptions_list` has no effect: events that an exception covers raise alerts"},
      {"timestamp_field = \"event.created\"",
       "W0002 6:1 `timestamp_field` has no effect: one timestamp field serves all rules"},
      {"enabled = false", "W0002 6:1 `enabled` has no effect: a disabled rule raises alerts all the same"},
      {"max_signals = 33", "W0002 6:1 `max_signals` has no effect: the number of alerts is not limited"},
      {"alert_suppression.group_by = [\"host.id\"]",
       "W0002 6:1 `alert_suppression` has no effect: every match raises its own alert"},
  };
  for (const auto& c : cases) {
    const RuleFileContents contents = Load(kGood + c.line + "\n");
    EXPECT_THAT(Findings(contents), ElementsAre(c.finding));
    EXPECT_THAT(contents.rules, SizeIs(1)) << "a warning does not fail the rule";
  }
}

TEST(TomlRule, WarnsOfAScheduleThatElasticDoesNotRead) {
  const RuleFileContents contents = Load(std::string(kGood) + "from = 'now-9x'\ninterval = '5x'\n");
  EXPECT_THAT(Findings(contents),
              ElementsAre("W0004 6:8 `from` must be date arithmetic from `now` on, not \"now-9x\"",
                          "W0004 7:12 `interval` must be a number and one of `s`, `m`, `h`, `d`, not \"5x\""));
  EXPECT_THAT(contents.diagnostics[0].hints, ElementsAre("write it as in \"now-9m\""));
  ASSERT_THAT(contents.rules, SizeIs(1));
  EXPECT_EQ(contents.rules[0].look_back_ns, -1);
}

TEST(TomlRule, NoWarningForKeysThatOnlyDescribeOrSayNothing) {
  for (const std::string line : {"filters = []", "enabled = true", "timestamp_field = ''", "reputation = false",
                                 "alert_suppression = {}", "note = 'text'", "interval = '5m'", "index = ['logs-*']",
                                 "timestamp_override = 'event.ingested'", "version = 3", "version = '1.2'"}) {
    EXPECT_THAT(Findings(Load(kGood + line + "\n")), IsEmpty()) << line;
  }
}

TEST(TomlRule, ParametersKeepTheWholeFile) {
  const RuleFileContents contents = Load(R"(
top = [1, -2.5, inf, -inf, nan, 0x1F, true, "caf\u00e9", [[]], { a.b = 1 }]
day = 2024-01-02
time = 03:04:05.678
when = 2024-01-02T03:04:05Z
)" + std::string(kGood));
  ASSERT_THAT(contents.rules, SizeIs(1));
  EXPECT_EQ(Json::parse(contents.rules[0].parameters), Json::parse(R"({
      "top": [1, -2.5, "inf", "-inf", "nan", 31, true, "caf\u00e9", [[]], {"a": {"b": 1}}],
      "day": "2024-01-02", "time": "03:04:05.678", "when": "2024-01-02T03:04:05Z",
      "rule": {"name": "Editor starts a shell", "rule_id": "r-1", "type": "eql", "query": "process where true"}})"));
  EXPECT_EQ(contents.rules[0].parameters.find('\n'), std::string::npos);
}

TEST(TomlRule, BadTomlIsOneErrorWithItsPosition) {
  const struct {
    std::string text;
    uint32_t line;
  } cases[] = {{"[rule]\nname = \n", 2},
               {"[rule]\nquery = \"\"\"\nno end\n", 3},
               {"[rule]\n[rule]\n", 2},
               {"[rule]\nname = 'a'\nname = 'b'\n", 3},
               {"[ =\n", 1},                 // fails an assertion of toml++
               {"\u00E9 = 1\n", 1},          // reaches what toml++ calls unreachable
               {"\xEF\xB5\xB5[rule]\n", 1},  // likewise
               {"[rule]\nquery = \"\\\u00E9\"\n", 2},
               {std::string("a = \"\0\"", 7), 1}};
  for (const auto& c : cases) {
    const RuleFileContents contents = Load(c.text);
    ASSERT_THAT(contents.diagnostics, SizeIs(1)) << c.text;
    EXPECT_EQ(contents.diagnostics[0].code, "E0003") << c.text;
    EXPECT_EQ(contents.diagnostics[0].range.line, c.line) << c.text;
    EXPECT_EQ(contents.failed_rules, 1u);
  }
}

TEST(TomlRule, LettersAfterALineEndingBackslash) {
  const RuleFileContents contents =
      Load("[rule]\nname='n'\nrule_id='i'\ntype='eql'\nquery = \"\"\"\\\n  \u00E9t\u00E9\"\"\"\n");
  ASSERT_THAT(contents.rules, SizeIs(1));
  EXPECT_EQ(contents.rules[0].query, "\u00E9t\u00E9");
  EXPECT_EQ(contents.rules[0].query_map.Locate({0, 2}).line, 6u);
  EXPECT_EQ(contents.rules[0].query_map.Locate({0, 2}).column, 3u);
}

TEST(TomlRule, ShapesThatWouldOverflowTheStackAreRefused) {
  std::string key = "a";
  for (int i = 0; i < 200'000; ++i) key += ".a";
  for (const std::string& text :
       {key + " = 1", "[" + key + "]", "a = " + std::string(500'000, '['), "a = " + std::string(500'000, '{')}) {
    const RuleFileContents contents = Load(text);
    ASSERT_THAT(contents.diagnostics, SizeIs(1));
    EXPECT_EQ(contents.diagnostics[0].code, "E0003");
    EXPECT_EQ(contents.failed_rules, 1u);
  }
}

TEST(TomlRule, DeepestAllowedShape) {
  std::string key = "a";
  for (uint32_t i = 1; i < limits::kMaxTomlKeyParts; ++i) key += ".a";
  const uint32_t levels = limits::kMaxTomlNesting - limits::kMaxTomlKeyParts - 1;
  const RuleFileContents contents =
      Load(kGood + ("[" + key + "]\nb = " + std::string(levels, '[') + std::string(levels, ']') + "\n"));
  EXPECT_THAT(contents.rules, SizeIs(1));
}

TEST(TomlRule, FindingsOfOneRuleAreCapped) {
  std::string text = kGood;
  for (int i = 0; i < 5'000; ++i) text += "unknown_" + std::to_string(i) + " = 1\n";
  const RuleFileContents contents = Load(text);
  ASSERT_THAT(contents.diagnostics, SizeIs(limits::kMaxDiagnosticsPerRule + 1));
  EXPECT_EQ(contents.diagnostics.back().message, "4950 further findings not shown");
  EXPECT_THAT(contents.rules, SizeIs(1));
}

TEST(TomlRule, LongNamesAreShortenedInMessages) {
  const RuleFileContents contents = Load(kGood + std::string(100'000, 'k') + " = 1\n");
  ASSERT_THAT(contents.diagnostics, SizeIs(1));
  EXPECT_LT(contents.diagnostics[0].message.size(), 200u);
}

TEST(TomlRule, QueryMapThroughEveryKindOfString) {
  const std::string head = "[rule]\nname='n'\nrule_id='i'\ntype='eql'\n";
  const struct {
    std::string query;
    uint32_t line, column, length;  // of the word `here`
  } cases[] = {{"query = \"any where here\"", 5, 20, 4},
               {"query = 'any where here'", 5, 20, 4},
               {"query = \"any\\twhere \\\"\\\" here\"", 5, 26, 4},
               {"query = \"\"\"\nany where\n  here\n\"\"\"", 7, 3, 4},
               {"query = '''any\nwhere here'''", 6, 7, 4},
               {"query = \"\"\"any \\\n   where here\"\"\"", 6, 10, 4},
               {"query = \"\"\"\r\nany where\r\n\there\"\"\"", 7, 2, 4},
               {"query = \"caf\u00E9 here\"", 5, 15, 4},
               {"query = \"h\\u0065re\"", 5, 10, 9},
               {"\"query\" = \"here\"", 5, 12, 4}};
  for (const auto& c : cases) {
    const RuleFileContents contents = Load(head + c.query + "\n");
    ASSERT_THAT(contents.rules, SizeIs(1)) << c.query;
    const auto begin = static_cast<uint32_t>(contents.rules[0].query.rfind("here"));
    const SourceRange range = contents.rules[0].query_map.Locate({begin, begin + 4});
    EXPECT_EQ(range.line, c.line) << c.query;
    EXPECT_EQ(range.column, c.column) << c.query;
    EXPECT_EQ(range.length, c.length) << c.query;
    EXPECT_EQ(range.file, "r.toml");
  }
}

TEST(TomlRule, AQueryInAnInlineTable) {
  const RuleFileContents contents = Load("rule = {name='n', rule_id='i', type='eql', query='any where here'}\n");
  ASSERT_THAT(contents.rules, SizeIs(1));
  EXPECT_EQ(contents.rules[0].query_map.Locate({10, 14}).column, 61u);
}

}  // namespace
}  // namespace eqlc
