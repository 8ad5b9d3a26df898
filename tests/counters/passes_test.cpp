// The passes may not weaken what the rule index asks for, nor have more leaves evaluated: counted over our own rules
// and generated events, and over the rules and events of EQLC_CORPORA_DIR where that is set.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "bench/event_generator.h"
#include "eqlc/compile.hpp"
#include "runtime/measure/event_lines.h"
#include "runtime/measure/stages.h"

namespace eqlc {
namespace {

constexpr size_t kEvents = 2'000;

EventLines GeneratedEvents() {
  bench::EventMix mix;
  mix.suspicious = 300;
  bench::EventGenerator generator(mix);
  EventLines events;
  for (size_t i = 0; i < kEvents; ++i) events.Append(generator.Next());
  return events;
}

MatchFigures Count(const std::string& rules, const EventLines& events, std::vector<std::string> disabled) {
  CompileOptions options;
  options.native_code = false;
  options.disabled_passes = std::move(disabled);
  return Stages(CompileFiles({rules}, options).program, events).CountMatching();
}

void ExpectNoMoreWork(const std::string& rules, const EventLines& events) {
  SCOPED_TRACE(rules);
  const MatchFigures without = Count(rules, events, {std::string(kAllPasses)});
  const MatchFigures with = Count(rules, events, {});
  fmt::print("{}: candidates {} -> {}, look-ups {} -> {}, leaves evaluated {} -> {}, conditions that hold {} -> {}\n",
             rules, without.counters.candidates, with.counters.candidates, without.counters.lookups,
             with.counters.lookups, without.leaves, with.leaves, without.matched, with.matched);
  EXPECT_LE(with.counters.candidates, without.counters.candidates);
  EXPECT_LE(with.leaves, without.leaves);
  EXPECT_LE(with.matched, without.matched) << "equal conditions are one, so there may be fewer";
}

TEST(Passes, AddNoWorkForOurRules) { ExpectNoMoreWork(EQLC_RULES_DIR, GeneratedEvents()); }

TEST(Passes, AddNoWorkForPublicRules) {
  const char* folder = std::getenv("EQLC_CORPORA_DIR");
  if (folder == nullptr) GTEST_SKIP() << "EQLC_CORPORA_DIR is not set";
  const Result<EventLines> events = EventLines::Load({std::string(folder) + "/events"}, 1u << 20);
  ASSERT_TRUE(events.ok()) << events.error().message;
  for (const char* rules : {"/detection-rules", "/behaviour-rules"}) {
    ExpectNoMoreWork(std::string(folder) + rules, *events);
    ExpectNoMoreWork(std::string(folder) + rules, GeneratedEvents());
  }
}

}  // namespace
}  // namespace eqlc
