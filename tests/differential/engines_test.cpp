// Interpreter and generated code at every optimisation level, with the rule index and without, compiled in this process
// or loaded from a shared object, give the same alerts on random rules and events. The reference is the interpreter
// without index.
// EQLC_DIFFERENTIAL_ROUNDS and EQLC_DIFFERENTIAL_EVENTS scale the work (default 6 rounds of 150 rules x 200 events x 8
// engines, in every other round 9).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/random_eql.h"
#include "tests/support/random_python.h"
#include "tests/support/recording_sink.h"
#include "tests/support/rounds.h"
#include "tests/support/subprocess.h"

namespace eqlc {
namespace {

constexpr int kRules = 150;

template <typename Write>
std::vector<RuleText> Rules(Write write) {
  std::vector<RuleText> rules;
  for (int i = 0; i < kRules; ++i) {
    rules.push_back({fmt::format("rule{}.eql", i), write()});
  }
  return rules;
}

std::vector<RuleText> RandomRules(uint64_t seed, Dialect dialect) {
  testing::RandomEql eql(seed);
  testing::RandomPython python(seed);
  switch (dialect) {
    case Dialect::kPython:
      return Rules([&] { return python.Query(); });
    case Dialect::kEndpoint:
      return Rules([&] { return eql.EndpointQuery(); });
    default:
      return Rules([&] { return eql.Query(); });
  }
}

std::vector<std::string> RunAll(const CompileResult& compiled, SessionOptions options,
                                const std::vector<std::string>& events) {
  testing::RecordingSink sink;
  Session session(compiled.program, sink, options);
  for (const std::string& event : events) EXPECT_TRUE(session.Push(event).ok()) << event;
  EXPECT_TRUE(session.Finish().ok());
  return std::move(sink.alerts);
}

void ExpectSame(const std::vector<std::string>& found, const std::vector<std::string>& reference) {
  ASSERT_EQ(found.size(), reference.size());
  for (size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], reference[i]);
}

class Engines : public ::testing::TestWithParam<Dialect> {};

std::string NameOf(Dialect dialect) {
  if (dialect == Dialect::kPython) return "Python";
  return dialect == Dialect::kEndpoint ? "Endpoint" : "Elastic";
}

INSTANTIATE_TEST_SUITE_P(Dialects, Engines, ::testing::Values(Dialect::kElastic, Dialect::kEndpoint, Dialect::kPython),
                         [](const auto& dialect) { return NameOf(dialect.param); });

TEST_P(Engines, AgreeOnRandomRulesAndEvents) {
  const testing::TempFolder cache;
  uint64_t evaluations = 0, alerts = 0;
  for (int round = 0; round < testing::DifferentialRounds(); ++round) {
    SCOPED_TRACE(fmt::format("seed {}", round));
    const std::vector<RuleText> rules = RandomRules(static_cast<uint64_t>(round), GetParam());
    testing::RandomEql random(1'000'000 + static_cast<uint64_t>(round));
    std::vector<std::string> events;
    for (int i = 0; i < testing::DifferentialEvents(); ++i) events.push_back(random.Event());

    std::vector<std::string> reference;
    for (OptLevel level : {OptLevel::kO0, OptLevel::kO1, OptLevel::kO2}) {
      // Every other round knows types that ECS does not have.
      const auto schema = Schema::Parse(testing::RandomEql::Schema());
      ASSERT_TRUE(schema.ok()) << schema.error().message;
      const CompileResult compiled =
          Compile(rules, {.dialect = GetParam(), .opt_level = level, .schema = round % 2 == 0 ? nullptr : *schema});
      for (const Diagnostic& d : compiled.diagnostics) {
        if (d.severity == Severity::kError) ADD_FAILURE() << RenderText(d, false);
      }
      ASSERT_TRUE(compiled.program->has_native_code());
      std::vector<SessionOptions> others = {{.engine = Engine::kNative},
                                            {.engine = Engine::kNative, .use_index = false}};
      if (level == OptLevel::kO0) {
        reference = RunAll(compiled, {.engine = Engine::kInterpreter, .use_index = false}, events);
        others.push_back({.engine = Engine::kInterpreter});
      }
      for (const SessionOptions& options : others) {
        SCOPED_TRACE(fmt::format("level {}, engine {}, index {}", static_cast<int>(level),
                                 static_cast<int>(options.engine), options.use_index));
        ExpectSame(RunAll(compiled, options, events), reference);
      }
      evaluations += uint64_t{kRules} * events.size();
    }
    if (round % 2 == 0) {
      // By way of the cache, whose entries are shared objects.
      const OptLevel level = round % 4 == 0 ? OptLevel::kO1 : OptLevel::kO2;
      const CompileResult loaded =
          Compile(rules, {.dialect = GetParam(), .opt_level = level, .cache_dir = cache.path() + "/cache"});
      ASSERT_TRUE(loaded.program->has_native_code());
      EXPECT_STREQ(loaded.phases.back().name, "machine code and image") << "not compiled ahead of time";
      ExpectSame(RunAll(loaded, {.engine = Engine::kNative}, events), reference);
    }
    alerts += reference.size();
  }
  fmt::print("{} rule x event evaluations compared, {} alerts, 0 differences\n", evaluations, alerts);
  EXPECT_GT(alerts, 1000u) << "random rules that never match compare nothing";
}

}  // namespace
}  // namespace eqlc
