// The third engine: a leaf whose fields are replaced by their values is a constant, and folding it at compile time
// gives what interpreter and generated code find for the event with these values. EQLC_DIFFERENTIAL_ROUNDS scales the
// work (default 6 rounds).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/random_eql.h"
#include "tests/support/recording_sink.h"
#include "tests/support/rounds.h"

namespace eqlc {
namespace {

constexpr int kLeavesPerRound = 300;

// A field's value, as EQL and as JSON write it.
struct Scalar {
  std::string eql;
  std::string json;
};
using Values = std::map<std::string, Scalar, std::less<>>;

Values RandomValues(uint64_t seed) {
  static const std::vector<Scalar> kScalars = {{"null", "null"},
                                               {"\"\"", "\"\""},
                                               {"\"a\"", "\"a\""},
                                               {"\"ABC\"", "\"ABC\""},
                                               {"\"abc\"", "\"abc\""},
                                               {"\"cmd.exe\"", "\"cmd.exe\""},
                                               {"\"42\"", "\"42\""},
                                               {"\"4.5\"", "\"4.5\""},
                                               {"\"true\"", "\"true\""},
                                               {"\"\u00e9t\u00e9\"", "\"\u00e9t\u00e9\""},
                                               {"\"10.1.2.3\"", "\"10.1.2.3\""},
                                               {"\"fe80::1\"", "\"fe80::1\""},
                                               {"0", "0"},
                                               {"5", "5"},
                                               {"42", "42"},
                                               {"(-1)", "-1"},
                                               {"4.5", "4.5"},
                                               {"9223372036854775807", "9223372036854775807"},
                                               {"18446744073709551615", "18446744073709551615"},
                                               {"true", "true"},
                                               {"false", "false"}};
  std::mt19937_64 random(seed);
  Values values;
  for (const char* field :
       {"process.name", "process.args", "file.path", "user.id", "destination.ip", "list.item", "absent.field", "mixed",
        "process.pid", "destination.port", "list.n", "ratio", "flag", "absent.flag"}) {
    values[field] = kScalars[random() % kScalars.size()];
  }
  return values;
}

std::string EventOf(const Values& values) {
  std::string event = "{";
  for (const auto& [field, scalar] : values)
    event += fmt::format("{}\"untyped.{}\": {}", event.size() > 1 ? ", " : "", field, scalar.json);
  return event + "}";
}

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

// The expression with every field replaced by its value; strings are left alone.
std::string Substitute(std::string_view expression, const Values& values) {
  std::string out;
  for (size_t at = 0; at < expression.size();) {
    size_t end = at + 1;
    if (expression[at] == '"') {
      while (expression[end] != '"') end += expression[end] == '\\' ? 2 : 1;
      out += expression.substr(at, ++end - at);
    } else if (IsWord(expression[at])) {
      while (end < expression.size() && IsWord(expression[end])) ++end;
      const auto value = values.find(expression.substr(at, end - at));
      out += value == values.end() ? expression.substr(at, end - at) : std::string_view(value->second.eql);
    } else if (expression[at] != '?') {
      out += expression[at];
    }
    at = end;
  }
  return out;
}

// Written with a negation: its leaf is negated on the two-valued level, where unknown is false and the negation true,
// while folding keeps null (docs/semantics.md sections 3.2 and 3.9). Only a true result means the same in both.
bool HoldsNegation(const std::string& leaf) {
  for (const char* negation : {" != ", " not ", " == false"}) {
    if (leaf.find(negation) != std::string::npos) return true;
  }
  return false;
}

// `g == true` is `g` and `g != false` too, before anything is known of g; folding compares null with the literal.
bool ComparesNullWithTruth(const std::string& leaf, const std::string& constant) {
  return constant.find("null") != std::string::npos && (leaf.ends_with("= true") || leaf.ends_with("= false"));
}

// The leaf over fields that ECS does not know: a type would compare them otherwise than their values.
std::string WithUntypedFields(const std::string& leaf, const Values& values) {
  Values renamed;
  for (const auto& [field, scalar] : values) renamed[field] = {"untyped." + field, ""};
  return Substitute(leaf, renamed);
}

// Not refused, and no text: a bare field is compared with `true`, a bare literal is not.
bool IsTruth(const std::string& folded) { return folded == "true" || folded == "false" || folded == "null"; }

// What folding says: "true", "false" or "null"; "" for an expression that Elasticsearch refuses with literals.
std::string Fold(const std::string& expression) {
  std::vector<Diagnostic> diagnostics;
  return EvalConstant(expression, {}, diagnostics);
}

size_t CountAlerts(const CompileResult& compiled, Engine engine, const std::string& event) {
  testing::RecordingSink sink;
  Session session(compiled.program, sink, {.engine = engine});
  EXPECT_TRUE(session.Push(event).ok()) << event;
  EXPECT_TRUE(session.Finish().ok());
  return sink.alerts.size();
}

TEST(Folding, AgreesWithBothEngines) {
  uint64_t compared = 0, passed_over = 0, truths = 0;
  for (int round = 0; round < testing::DifferentialRounds(); ++round) {
    const auto seed = static_cast<uint64_t>(round);
    const Values values = RandomValues(seed);
    const std::string event = EventOf(values);
    testing::RandomEql random(seed);
    // A leaf is true when it folds to true; its negation, whenever it does not (docs/semantics.md section 3.2).
    std::vector<RuleText> rules;
    std::vector<std::string> leaves;
    size_t expected = 0;
    for (int i = 0; i < kLeavesPerRound; ++i) {
      const std::string leaf = random.LeafExpression();
      const std::string constant = Substitute(leaf, values);
      const std::string folded = Fold(constant);
      if (!IsTruth(folded) || ComparesNullWithTruth(leaf, constant) || (folded != "true" && HoldsNegation(leaf))) {
        ++passed_over;
        continue;
      }
      const bool negated = i % 2 != 0;
      ++compared;
      truths += folded == "true";
      if ((folded == "true") == negated) continue;
      // Only rules that must match: a missing alert and its leaf are then easy to find.
      ++expected;
      rules.push_back({fmt::format("{}.eql", leaves.size()),
                       fmt::format("any where {}({})", negated ? "not " : "", WithUntypedFields(leaf, values))});
      leaves.push_back(leaf + "  with  " + Substitute(leaf, values) + "  folds to  " + folded);
    }
    // As they were built, and after all passes.
    for (const std::vector<std::string>& disabled : {std::vector{std::string(kAllPasses)}, {}}) {
      const CompileOptions options{.opt_level = OptLevel::kO0, .disabled_passes = disabled};
      const CompileResult compiled = Compile(rules, options);
      ASSERT_EQ(compiled.rules_failed, 0u) << RenderText(compiled.diagnostics[0], false);
      for (const Engine engine : {Engine::kInterpreter, Engine::kNative}) {
        if (CountAlerts(compiled, engine, event) == expected) continue;
        for (size_t i = 0; i < rules.size(); ++i) {
          EXPECT_EQ(CountAlerts(Compile({rules[i]}, options), engine, event), 1u) << leaves[i] << "\n" << event;
        }
      }
    }
  }
  fmt::print("{} folded leaves compared ({} true), {} passed over, 0 differences\n", compared, truths, passed_over);
  EXPECT_GT(compared, 100u);
  EXPECT_GT(truths, 20u);
}

}  // namespace
}  // namespace eqlc
