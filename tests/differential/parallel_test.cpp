// Any number of threads gives the same alerts, counters and bad lines as evaluating one event after the other, on
// random rules and events of every dialect, with chunks so small that sequences span many.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/lines_run.h"
#include "tests/support/random_eql.h"
#include "tests/support/random_python.h"
#include "tests/support/rounds.h"

namespace eqlc {
namespace {

constexpr int kRules = 60;

std::vector<RuleText> RandomRules(uint64_t seed, Dialect dialect) {
  testing::RandomEql eql(seed);
  testing::RandomPython python(seed);
  std::vector<RuleText> rules;
  for (int i = 0; i < kRules; ++i) {
    const std::string query = dialect == Dialect::kPython     ? python.Query()
                              : dialect == Dialect::kEndpoint ? eql.EndpointQuery()
                                                              : eql.Query();
    rules.push_back({fmt::format("rule{}.eql", i), query});
  }
  return rules;
}

// Now and then a blank line, one that is no event, or an event out of its place.
std::string RandomText(uint64_t seed) {
  testing::RandomEql random(seed);
  std::vector<std::string> lines;
  for (int i = 0; i < testing::DifferentialEvents(); ++i) {
    lines.push_back(random.Event());
    if (i % 19 == 7) lines.push_back("");
    if (i % 23 == 5) lines.push_back(lines.back().substr(0, lines.back().size() / 2));
    if (i % 29 == 11) std::swap(lines[lines.size() - 1], lines[lines.size() - 2]);
  }
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

class Parallel : public ::testing::TestWithParam<Dialect> {};

std::string NameOf(Dialect dialect) {
  if (dialect == Dialect::kPython) return "Python";
  return dialect == Dialect::kEndpoint ? "Endpoint" : "Elastic";
}

INSTANTIATE_TEST_SUITE_P(Dialects, Parallel, ::testing::Values(Dialect::kElastic, Dialect::kEndpoint, Dialect::kPython),
                         [](const auto& dialect) { return NameOf(dialect.param); });

TEST_P(Parallel, AgreesWithOneThread) {
  uint64_t alerts = 0;
  for (int round = 0; round < testing::DifferentialRounds(); ++round) {
    SCOPED_TRACE(fmt::format("seed {}", round));
    const auto seed = static_cast<uint64_t>(round);
    const CompileResult compiled =
        Compile(RandomRules(2'000'000 + seed, GetParam()), {.dialect = GetParam(), .opt_level = OptLevel::kO0});
    const std::string text = RandomText(3'000'000 + seed);
    const SessionOptions variants[] = {{},
                                       {.engine = Engine::kInterpreter},
                                       {.reorder_ns = 5'000'000'000},
                                       {.reorder_ns = kSortAll, .match_order = MatchOrder::kAsListed, .size = 7},
                                       {.max_state_bytes = 20'000, .max_samples_per_key = 3}};
    for (const SessionOptions& options : variants) {
      SCOPED_TRACE(fmt::format("variant {}", &options - variants));
      alerts += testing::ExpectSameInParallel(compiled.program, options, text, {1, 5}).alerts.size();
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(alerts, 1000u) << "random rules that never match compare nothing";
}

}  // namespace
}  // namespace eqlc
