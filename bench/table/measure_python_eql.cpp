#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "bench/repeat.h"
#include "bench/table/child.h"
#include "bench/table/measurements.h"
#include "runtime/measure/rounds.h"
#include "runtime/measure/stages.h"

namespace eqlc::bench {
namespace {

constexpr size_t kEvents = 600;    // at 2 ms each
constexpr uint32_t kRepeats = 60;  // of the same events for eqlc, which would have done too soon

// Evenly spread over the recordings.
EventLines Sample(const Workload& workload) {
  const std::vector<const Stream*> recordings = Recordings(workload);
  EventLines sample;
  for (const Stream* recording : recordings) {
    const size_t step = std::max<size_t>(1, recording->events->size() * recordings.size() / kEvents);
    const EventLines some = EveryNth(*recording->events, step);
    for (size_t i = 0; i < some.size(); ++i) sample.Append(some[i]);
  }
  return sample;
}

// The rules that python-eql takes, by their ids.
std::set<std::string> ReadAccepted(Child& python) {
  std::set<std::string> accepted;
  while (const std::optional<std::string> line = python.ReadLine()) {
    if (*line == "ready") break;
    if (line->starts_with("accept ")) accepted.insert(line->substr(7));
  }
  return accepted;
}

double OneRound(Child& python) {
  python.WriteLine("");
  const std::optional<std::string> line = python.ReadLine();
  double seconds = NAN;
  if (line && line->starts_with("seconds ")) {
    std::from_chars(line->data() + 8, line->data() + line->size(), seconds);
  }
  return 1e9 * seconds;
}

std::vector<RuleText> TextsOf(const Program& program, const std::set<std::string>& ids) {
  std::vector<RuleText> texts;
  for (const RuleInfo& rule : program.rules()) {
    if (ids.contains(std::string(rule.id))) texts.push_back({fmt::format("{}.eql", rule.id), std::string(rule.query)});
  }
  return texts;
}

}  // namespace

void MeasurePythonEql(const Workload& workload, Report& report) {
  Row row{"3", "throughput of python-eql, times", Unit::kTimes, {500, 2'000, true}, {}, ""};
  const EventLines sample = Sample(workload);
  const std::string events_file = workload.scratch_folder + "/sample.ndjson";
  WriteFile(events_file, std::string(sample.text()));
  std::vector<std::string> argv = {workload.python, EQLC_SOURCE_DIR "/bench/python_eql.py", events_file};
  argv.insert(argv.end(), workload.rule_folders.begin(), workload.rule_folders.end());
  Child python(argv);
  const std::set<std::string> accepted = ReadAccepted(python);
  if (accepted.empty()) {
    row.note = fmt::format("`{}` has no package `eql`", workload.python);
    report.rows.push_back(row);
    return;
  }

  const RuleSet rules = CompileSet(TextsOf(*workload.rules.program, accepted));
  EventLines repeated;
  for (uint32_t pass = 0; pass < kRepeats; ++pass) {
    const EventLines events = Repeat(sample, pass);
    for (size_t i = 0; i < events.size(); ++i) repeated.Append(events[i]);
  }
  const auto ours_events = Share(std::move(repeated));
  Stages stages(rules.program, *ours_events);
  Timing theirs, ours;
  for (int round = 0; round < std::min(workload.rounds, 3); ++round) {
    theirs.ns.push_back(OneRound(python) / static_cast<double>(sample.size()));
    const double start = ThreadNs();
    stages.Run();
    ours.ns.push_back((ThreadNs() - start) / static_cast<double>(ours_events->size()));
  }
  row.ours = theirs.best() / ours.best();
  row.note = fmt::format("{} rules that both take, {} events of the recordings: {:.0f} and {:.0f} events/s",
                         accepted.size(), sample.size(), 1e9 / theirs.best(), 1e9 / ours.best());
  report.rows.push_back(row);
  report.gates.push_back({"rules that python-eql takes", rules.program, {ours_events}});
}

}  // namespace eqlc::bench
