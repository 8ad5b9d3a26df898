// What matching does per event, as exact numbers: the performance test that no busy machine disturbs. Our own rules,
// with and without copies that cannot match, meet generated events; matching_counters.txt holds what was counted. With
// EQLC_UPDATE_GOLDENS=1 the file is rewritten instead of compared; review the diff: a number that grew is work that
// every event pays for.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "bench/event_generator.h"
#include "compiler/measure/rule_copies.h"
#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "runtime/measure/event_lines.h"
#include "runtime/measure/stages.h"

namespace eqlc {
namespace {

constexpr size_t kEvents = 2'000;
constexpr uint32_t kCopies = 30;
constexpr const char* kGolden = EQLC_SOURCE_DIR "/tests/counters/matching_counters.txt";

EventLines Events(uint32_t suspicious) {
  bench::EventMix mix;
  mix.suspicious = suspicious;
  bench::EventGenerator generator(mix);
  EventLines events;
  for (size_t i = 0; i < kEvents; ++i) events.Append(generator.Next());
  return events;
}

std::shared_ptr<const Program> OwnRules() {
  CompileOptions options;
  options.native_code = false;
  return CompileFiles({EQLC_RULES_DIR}, options).program;
}

std::shared_ptr<const Program> WithCopies(const Program& rules) {
  std::vector<RuleText> texts;
  for (const RuleInfo& rule : rules.rules()) {
    texts.push_back({fmt::format("{}.eql", rule.id), std::string(rule.query)});
    for (uint32_t copy = 1; copy <= kCopies; ++copy) {
      texts.push_back({fmt::format("{}-{}.eql", rule.id, copy), RenameLiterals(rule.query, copy)});
    }
  }
  CompileOptions options;
  options.native_code = false;
  return Compile(texts, options).program;
}

struct State {
  uint64_t alerts = 0;
  uint64_t open_partials = 0;
};

State Run(const std::shared_ptr<const Program>& program, const EventLines& events) {
  class NullSink : public AlertSink {
    Status Write(const Alert&) override { return {}; }
  } sink;
  Session session(program, sink);
  for (size_t i = 0; i < events.size(); ++i) EXPECT_TRUE(session.Push(events[i]));
  return {session.stats().alerts, session.stats().open_partials};
}

std::string Describe(const char* name, const std::shared_ptr<const Program>& program, const EventLines& events) {
  const MatchFigures figures = Stages(program, events).CountMatching();
  const State state = Run(program, events);
  std::string text = fmt::format("{}: {} rules, {} events\n", name, program->rules().size(), events.size());
  const auto line = [&](const char* what, uint64_t count) {
    text += fmt::format("  {:<28} {:>9}  {:>9.3f} an event\n", what, count, static_cast<double>(count) / kEvents);
  };
  line("conditions in partitions", figures.counters.conditions);
  line("questions", figures.counters.questions);
  line("look-ups", figures.counters.lookups);
  line("values searched for patterns", figures.counters.scanned);
  line("steps made", figures.counters.steps);
  line("candidates", figures.counters.candidates);
  line("leaves evaluated", figures.leaves);
  line("conditions that hold", figures.matched);
  line("alerts", state.alerts);
  text +=
      fmt::format("  {} partitions, {} open partial sequences at the end\n", figures.partitions, state.open_partials);
  return text;
}

std::string Count() {
  const std::shared_ptr<const Program> own = OwnRules();
  const std::shared_ptr<const Program> copies = WithCopies(*own);
  const EventLines everyday = Events(/*suspicious=*/2);
  const EventLines attacked = Events(/*suspicious=*/300);
  return Describe("everyday events", own, everyday) + Describe("many attacks", own, attacked) +
         Describe("everyday events, with copies", copies, everyday) +
         Describe("many attacks, with copies", copies, attacked);
}

TEST(MatchingCounters, AreAsRecorded) {
  const std::string counted = Count();
  if (const char* update = std::getenv("EQLC_UPDATE_GOLDENS"); update != nullptr && std::string(update) == "1") {
    std::ofstream(kGolden) << counted;
    return;
  }
  std::ifstream in(kGolden);
  std::ostringstream golden;
  golden << in.rdbuf();
  EXPECT_EQ(counted, golden.str()) << "If this is meant, run with EQLC_UPDATE_GOLDENS=1 and review the diff.";
}

}  // namespace
}  // namespace eqlc
