#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

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
  const std::string process = LargestPosting(*rules.program);
  const Stream normal = GeneratedStream({}, kNormalEvents);
  Stages normal_stages(rules.program, *normal.events);
  std::vector<Step> steps = {{"usual events", [&] { normal_stages.Run(); }}};
  std::vector<Stream> streams = {HostileStream(process, kHostileEvents)};
  for (const HostileKind kind : kHostileKinds) streams.push_back(HostileStream(process, kHostileEvents, kind));
  std::vector<std::unique_ptr<Stages>> stages;
  for (const Stream& stream : streams) {
    stages.push_back(std::make_unique<Stages>(rules.program, *stream.events));
    steps.push_back({stream.name, [s = stages.back().get()] { s->Run(); }});
  }
  const std::vector<Timing> timings = MeasureRounds(steps, workload.rounds);
  const double normal_speed = BytesPerSecond(*normal.events, timings[0].best());
  const double hostile_speed = BytesPerSecond(*streams[0].events, timings[1].best());
  std::string note =
      fmt::format("{}; {:.1f} of {:.0f} MB/s", streams[0].description, 1e-6 * hostile_speed, 1e-6 * normal_speed);
  for (size_t i = 1; i < streams.size(); ++i) {
    note += fmt::format("; {} alone {:.1f} MB/s", streams[i].name,
                        1e-6 * BytesPerSecond(*streams[i].events, timings[i + 1].best()));
  }
  report.rows.push_back({"13",
                         "hostile events, share of the usual bytes/s",
                         Unit::kPercent,
                         {5, 20, true},
                         100 * hostile_speed / normal_speed,
                         note});
  report.gates.push_back({"hostile events", rules.program, {streams[0].events}});
}

}  // namespace eqlc::bench
