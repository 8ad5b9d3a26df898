#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "bench/repeat.h"
#include "bench/table/child.h"
#include "bench/table/measurements.h"
#include "bench/table/steady_run.h"
#include "eqlc/compile.hpp"
#include "runtime/measure/rounds.h"

namespace eqlc::bench {
namespace {

constexpr size_t kEvents = 600;    // at 4 ms each
constexpr uint32_t kRepeats = 20;  // of the same events in a round of eqlc, which would have done too soon

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

// Those that eqlc compiles, each id once, as in one set.
std::vector<RuleText> Compiling(const Workload& workload) {
  std::vector<RuleText> texts = workload.rules.texts;
  texts.insert(texts.end(), workload.behaviour.begin(), workload.behaviour.end());
  CompileOptions options;
  options.native_code = false;
  std::set<std::string> ids;
  std::erase_if(texts, [&](const RuleText& text) {
    const auto program = Compile({text}, options).program;
    return program->rules().empty() || !ids.emplace(program->rules()[0].id).second;
  });
  return texts;
}

// The files that python-eql takes, too.
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

// What sessions meet one after the other: one segment to warm up, and one a round.
std::vector<std::shared_ptr<const EventLines>> MakeSegments(const EventLines& sample, int rounds) {
  std::vector<std::shared_ptr<const EventLines>> segments;
  for (uint32_t segment = 0; segment <= static_cast<uint32_t>(rounds); ++segment) {
    EventLines repeated;
    for (uint32_t pass = segment * kRepeats; pass < (segment + 1) * kRepeats; ++pass) {
      const EventLines events = Repeat(sample, pass);
      for (size_t i = 0; i < events.size(); ++i) repeated.Append(events[i]);
    }
    segments.push_back(Share(std::move(repeated)));
  }
  return segments;
}

}  // namespace

void MeasurePythonEql(const Workload& workload, Report& report) {
  Row row{"3", "throughput of python-eql, times", Unit::kTimes, {500, 2'000, true}, {}, ""};
  const EventLines sample = Sample(workload);
  const std::string events_file = workload.scratch_folder + "/sample.ndjson";
  WriteFile(events_file, std::string(sample.text()));
  std::vector<RuleText> texts = Compiling(workload);
  std::vector<std::string> argv = {workload.python, EQLC_SOURCE_DIR "/bench/python_eql.py", events_file};
  for (const RuleText& text : texts) argv.push_back(text.name);
  Child python(argv);
  const std::set<std::string> accepted = ReadAccepted(python);
  if (accepted.empty()) {
    row.note = fmt::format("`{}` has no package `eql`", workload.python);
    report.rows.push_back(row);
    return;
  }

  std::erase_if(texts, [&](const RuleText& text) { return !accepted.contains(text.name); });
  const RuleSet rules = CompileSet(std::move(texts));
  const int rounds = std::min(workload.rounds, 3);
  const auto segments = MakeSegments(sample, rounds);
  SteadyRun run(rules.program, segments);
  run.PushNext();
  Timing theirs, ours;
  for (int round = 0; round < rounds; ++round) {
    theirs.ns.push_back(OneRound(python) / static_cast<double>(sample.size()));
    const double start = ThreadNs();
    run.PushNext();
    ours.ns.push_back((ThreadNs() - start) / static_cast<double>(segments[0]->size()));
  }
  row.ours = theirs.best() / ours.best();
  row.note = fmt::format("{} rules that both take, {} events of the recordings: {:.0f} and {:.0f} events/s",
                         accepted.size(), sample.size(), 1e9 / theirs.best(), 1e9 / ours.best());
  report.rows.push_back(row);
  report.gates.push_back({"rules that python-eql takes", rules.program, {segments[0]}});
}

}  // namespace eqlc::bench
