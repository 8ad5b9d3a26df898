#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench/table/measurements.h"
#include "runtime/measure/rounds.h"
#include "runtime/measure/stages.h"
#include "runtime/program/program.h"

namespace eqlc::bench {
namespace {

constexpr size_t kHostileEvents = 30;
constexpr size_t kNormalEvents = 5'000;

// Patterns that make matchers go back and forth, beside the rules at hand.
const std::vector<RuleText> kPathological = {
    {"many-stars.eql", R"(process where process.command_line : "*a*a*a*a*a*a*a*a*b")"},
    {"stars-and-marks.eql", R"(process where process.command_line : "*a?a?a*?a?a*a??b*")"},
    {"nested-repeats.eql", R"(process where process.command_line regex~ "(a+)+b")"},
    {"alternatives.eql", R"(process where process.command_line regex~ ".*(a|aa|aaa)*b")"},
    {"near-misses.eql", R"(process where process.command_line : "*powershell*http://*cmd /x*")"},
    {"arguments.eql", R"(process where process.args : ("-b*", "*-aa*", "?-a"))"},
};

// The value of process.name that most tests of the rule index ask for.
std::string LargestPosting(const Program& program) {
  const Program::Impl& impl = program.impl();
  std::map<std::string_view, size_t> tests;
  for (const abi::ImageTest& test : impl.image.tests()) {
    if (test.kind != abi::TestKind::kEqual || impl.paths[test.field] != "process.name") continue;
    const abi::Value& literal = impl.literals[test.literal];
    if (literal.is_string()) ++tests[literal.text()];
  }
  const auto most = std::ranges::max_element(tests, {}, [](const auto& entry) { return entry.second; });
  return most != tests.end() ? std::string(most->first) : "powershell.exe";
}

double BytesPerSecond(const EventLines& events, double ns) {
  return 1e9 * static_cast<double>(events.text().size()) / ns;
}

}  // namespace

void MeasureHostile(const Workload& workload, Report& report) {
  std::vector<RuleText> texts = workload.rules.texts;
  texts.insert(texts.end(), kPathological.begin(), kPathological.end());
  const RuleSet rules = CompileSet(std::move(texts));
  const Stream hostile = HostileStream(LargestPosting(*rules.program), kHostileEvents);
  const Stream normal = GeneratedStream({}, kNormalEvents);
  Stages hostile_stages(rules.program, *hostile.events);
  Stages normal_stages(rules.program, *normal.events);
  const std::vector<Step> steps = {
      {"normal", [&] { normal_stages.Run(); }},
      {"hostile", [&] { hostile_stages.Run(); }},
      {"hostile, decode", [&] { hostile_stages.Decode(); }},
  };
  const std::vector<Timing> timings = MeasureRounds(steps, workload.rounds);
  const double normal_speed = BytesPerSecond(*normal.events, timings[0].best());
  const double hostile_speed = BytesPerSecond(*hostile.events, timings[1].best());
  report.rows.push_back(
      {"13",
       "hostile events, share of the usual bytes/s",
       Unit::kPercent,
       {5, 20, true},
       100 * hostile_speed / normal_speed,
       fmt::format("{}; {:.1f} of {:.0f} MB/s; {:.1f} ms an event, {:.2f} of them for decoding", hostile.description,
                   1e-6 * hostile_speed, 1e-6 * normal_speed, 1e-6 * timings[1].best() / kHostileEvents,
                   1e-6 * timings[2].best() / kHostileEvents)});
  report.gates.push_back({"hostile events", rules.program, {hostile.events}});
}

}  // namespace eqlc::bench
