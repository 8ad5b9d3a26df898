// Events made to fill memory: state stays within its budget, what goes is counted, and the time per event does not
// grow.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <functional>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/sanitizers.h"

namespace eqlc {
namespace {

constexpr size_t kBudget = 4u << 20;

// Resident memory, MiB.
// AddressSanitizer keeps freed memory, and everything takes ten times as long.
constexpr bool kSanitized = EQLC_UNDER_ASAN != 0;
constexpr int kFlood = kSanitized ? 100'000 : 1'000'000;
constexpr uint64_t kEvictedAtLeast = kSanitized ? 70'000 : 900'000;  // the budget holds some 24,000

size_t ResidentMiB() {
  std::ifstream in("/proc/self/statm");
  size_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE)) >> 20;
}

class NullSink : public AlertSink {
 public:
  Status Write(const Alert&) override { return {}; }
};

struct Flood {
  std::vector<RuleText> rules;
  std::function<std::string(int)> event;
  int events;
};

// REQUIRES: the rules compile. Gives the counters after the last event.
SessionStats RunFlood(const Flood& flood, size_t budget = kBudget) {
  const CompileResult compiled = Compile(flood.rules, {.native_code = false});
  EXPECT_EQ(compiled.rules_failed, 0u);
  NullSink sink;
  Session session(compiled.program, sink, {.max_state_bytes = budget});
  const size_t resident_before = ResidentMiB();
  const auto feed = [&](int from, int to) {
    const std::clock_t start = std::clock();
    for (int i = from; i < to; ++i) {
      if (!session.Push(flood.event(i))) ADD_FAILURE() << i;
      if (session.stats().state_bytes > budget) ADD_FAILURE() << session.stats().state_bytes << " at event " << i;
    }
    return std::clock() - start;
  };
  const std::clock_t first_half = feed(0, flood.events / 2);
  const std::clock_t second_half = feed(flood.events / 2, flood.events);
  if (!kSanitized) {
    EXPECT_LE(ResidentMiB(), resident_before + 64) << flood.rules[0].contents;
  }
  EXPECT_LE(second_half, 2 * first_half + CLOCKS_PER_SEC / 4) << flood.rules[0].contents;
  return session.stats();
}

std::string KeyedEvent(int i) {
  return fmt::format(R"({{"@timestamp":{},"k":"key-{}","a":true}})", 1'700'000'000 + i, i);
}

TEST(FloodTest, AMillionKeys) {
  for (const char* rule :
       {"sequence by k [any where a] [any where b]", "sequence by k with maxspan=100d [any where a] [any where b]",
        "sequence by k with maxspan=100d [any where a] ![any where b]", "sample by k [any where a] [any where b]"}) {
    const SessionStats stats = RunFlood({{{"flood.eql", rule}}, KeyedEvent, kFlood});
    EXPECT_GT(stats.evicted_partials, kEvictedAtLeast) << rule;
    EXPECT_EQ(stats.evicted_partials + stats.open_partials, static_cast<uint64_t>(kFlood)) << rule;
  }
}

// What maxspan lets go leaves room: nothing is evicted.
TEST(FloodTest, KeysThatExpire) {
  const SessionStats stats =
      RunFlood({{{"flood.eql", "sequence by k with maxspan=1h [any where a] [any where b]"}}, KeyedEvent, 200'000});
  EXPECT_EQ(stats.evicted_partials, 0u);
  EXPECT_LE(stats.open_partials, 4'000u);
}

TEST(FloodTest, DoneKeysOfASample) {
  const SessionStats stats = RunFlood(
      {{{"flood.eql", "sample by k [any where a] [any where a]"}}, [](int i) { return KeyedEvent(i / 2); }, 300'000});
  EXPECT_EQ(stats.alerts, 150'000u);
  EXPECT_EQ(stats.evicted_partials + stats.open_partials, 150'000u);
}

// Two fields with two hundred values each would be 40,000 keys an event.
TEST(FloodTest, KeysWithManyValues) {
  const auto event = [](int i) {
    std::string values;
    for (int v = 0; v < 200; ++v) values += fmt::format("{}\"{}-{}\"", v > 0 ? "," : "", i, v);
    return fmt::format(R"({{"@timestamp":{},"k":[{}],"l":[{}],"a":true}})", 1'700'000'000 + i, values, values);
  };
  for (const char* rule :
       {"sequence by k, l [any where a] [any where b]", "sample by k, l [any where a] [any where b]"}) {
    const SessionStats stats = RunFlood({{{"flood.eql", rule}}, event, 300});
    EXPECT_EQ(stats.evicted_partials + stats.open_partials, 300u * limits::kMaxKeysPerEvent) << rule;
  }
}

TEST(FloodTest, OneKeyThatNeverCompletes) {
  for (const char* rule : {"sequence by k [any where a] with runs=100 [any where b]",
                           "sample by k [any where a] [any where a] [any where a] [any where a] [any where b]"}) {
    const auto event = [](int i) { return fmt::format(R"({{"@timestamp":{},"k":1,"a":true}})", 1'700'000'000 + i); };
    const SessionStats stats = RunFlood({{{"flood.eql", rule}}, event, 20'000}, kBudget);
    EXPECT_EQ(stats.evicted_partials, 0u) << rule;
  }
}

TEST(FloodTest, ManyRulesShareTheBudget) {
  std::vector<RuleText> rules;
  for (int r = 0; r < 500; ++r) {
    rules.push_back({fmt::format("rule{}.eql", r),
                     fmt::format("{} by k [any where a] [any where b == {}]", r % 2 ? "sequence" : "sample", r)});
  }
  const SessionStats stats = RunFlood({rules, KeyedEvent, 2'000});
  EXPECT_EQ(stats.evicted_partials + stats.open_partials, 1'000'000u);
}

TEST(FloodTest, NoMemoryAtAll) {
  for (const char* rule : {"sequence by k [any where a] [any where a]", "sample by k [any where a] [any where a]"}) {
    const SessionStats stats = RunFlood({{{"flood.eql", rule}}, [](int i) { return KeyedEvent(i / 2); }, 1'000}, 0);
    EXPECT_EQ(stats.alerts, 0u) << rule;
    EXPECT_EQ(stats.open_partials, 0u) << rule;
  }
}

}  // namespace
}  // namespace eqlc
