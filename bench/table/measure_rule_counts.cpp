#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "bench/repeat.h"
#include "bench/table/measurements.h"
#include "bench/table/steady_run.h"
#include "runtime/measure/rounds.h"
#include "runtime/measure/stages.h"

namespace eqlc::bench {
namespace {

constexpr size_t kRealRules = 100;  // in the sets whose other rules are silent copies
constexpr size_t kMostRules = 10'000;
constexpr size_t kCounts[] = {1, 10, 100, 1'000, kMostRules};

using Segments = std::vector<std::shared_ptr<const EventLines>>;

// One ruleset in the run that all take part in.
struct Entrant {
  Entrant(std::string name_in, RuleSet set_in, const Segments& segments)
      : name(std::move(name_in)),
        set(std::move(set_in)),
        stages(set.program, *segments[0]),
        run(set.program, segments) {}

  size_t rules() const { return set.program->rules().size(); }

  std::string name;
  RuleSet set;
  Stages stages;
  SteadyRun run;
  double first_ns = 0;  // an event of the first segment
};

// Part of every recording at hand, so that no single kind of log decides, and its repetitions: one more than rounds.
Segments MakeSegments(const Workload& workload) {
  const std::vector<const Stream*> recordings = Recordings(workload);
  EventLines first;
  for (const Stream* recording : recordings) {
    const size_t count = std::min(recording->events->size(), workload.segment_events / recordings.size());
    for (size_t i = 0; i < count; ++i) first.Append((*recording->events)[i]);
  }
  Segments segments;
  for (int round = 0; round <= workload.rounds; ++round) {
    segments.push_back(Share(Repeat(first, static_cast<uint32_t>(round))));
  }
  return segments;
}

std::vector<std::unique_ptr<Entrant>> MakeEntrants(const Workload& workload, const Segments& segments) {
  const std::vector<RuleText> real = PickRules(workload.rules.texts, std::min(kRealRules, workload.rules.texts.size()));
  const std::vector<RuleText> copies =
      SilentCopies(*workload.rules.program, *segments[0], kMostRules - real.size(), {});
  std::vector<std::unique_ptr<Entrant>> entrants;
  for (const size_t count : kCounts) {
    entrants.push_back(std::make_unique<Entrant>(fmt::format("{} rules", count),
                                                 CompileSet(GrowRules(real, copies, count)), segments));
  }
  if (workload.behaviour.empty()) return entrants;
  std::vector<RuleText> both = workload.rules.texts;
  both.insert(both.end(), workload.behaviour.begin(), workload.behaviour.end());
  entrants.push_back(std::make_unique<Entrant>("all detection rules", workload.rules, segments));
  entrants.push_back(std::make_unique<Entrant>("with behaviour rules", CompileSet(std::move(both)), segments));
  return entrants;
}

// Of one entrant, by step; all include decoding but the first.
enum StepOf : size_t { kWalk, kDecode, kMatch, kRun, kStepCount };

std::vector<Step> StepsOf(const std::vector<std::unique_ptr<Entrant>>& entrants) {
  std::vector<Step> steps;
  for (const auto& entrant : entrants) {
    Entrant* const e = entrant.get();
    steps.push_back({"reference walk", [e] { e->stages.WalkReference(); }});
    steps.push_back({"decode", [e] { e->stages.Decode(); }});
    steps.push_back({"decode + match", [e] { e->stages.Match(); }});
    steps.push_back({"steady run", [e] { e->run.PushNext(); }});
  }
  return steps;
}

Row LossRow(const char* id, const char* what, Goal goal, const std::vector<Timing>& timings, size_t before,
            size_t after) {
  const Timing& from = timings[before * kStepCount + kRun];
  const Timing& to = timings[after * kStepCount + kRun];
  return {id,
          what,
          Unit::kPercent,
          goal,
          LossPercent(from.best(), to.best()),
          fmt::format("median of the rounds {:.0f} %; reading, matching and sequences together",
                      LossPercent(from.median(), to.median()))};
}

}  // namespace

void MeasureRuleCounts(const Workload& workload, Report& report) {
  const Segments segments = MakeSegments(workload);
  const std::vector<std::unique_ptr<Entrant>> entrants = MakeEntrants(workload, segments);
  for (const auto& entrant : entrants) {
    const double start = ThreadNs();
    entrant->run.PushNext();
    entrant->first_ns = (ThreadNs() - start) / static_cast<double>(segments[0]->size());
  }
  const std::vector<Timing> timings = MeasureRounds(StepsOf(entrants), workload.rounds);
  const auto best = [&](size_t entrant, StepOf step) {
    return timings[entrant * kStepCount + step].best() / static_cast<double>(segments[0]->size());
  };
  for (size_t i = 0; i < std::size(kCounts); ++i) {
    report.curve.push_back({entrants[i]->rules(), best(i, kWalk), best(i, kDecode), best(i, kMatch), best(i, kRun)});
  }

  const Goal to_1000{25, 10, false}, to_10000{60, 25, false}, to_behaviour{40, 20, false};
  Row thousand = LossRow("4a", "throughput lost by silent rules, 100 -> 1,000", to_1000, timings, 2, 3);
  Row ten_thousand = LossRow("4b", "throughput lost by silent rules, 1,000 -> 10,000", to_10000, timings, 3, 4);
  ten_thousand.note += fmt::format(
      "; the first {} events, with partitions to make: {:.0f} -> {:.0f} ns each; {} rules "
      "compiled in {:.1f} s",
      segments[0]->size(), entrants[3]->first_ns, entrants[4]->first_ns, entrants[4]->rules(),
      entrants[4]->set.compile_seconds);
  // Equal hits are what makes the sets comparable.
  if (entrants[2]->run.answers() != entrants[4]->run.answers()) {
    thousand.ours = ten_thousand.ours = std::nullopt;
    thousand.note = ten_thousand.note = "a copy of a rule matched";
  }
  report.rows.push_back(thousand);
  report.rows.push_back(ten_thousand);
  if (entrants.size() > std::size(kCounts)) {
    Row behaviour =
        LossRow("5", "throughput lost by behaviour rules beside detection rules", to_behaviour, timings, 5, 6);
    behaviour.note += fmt::format("; {} -> {} rules", entrants[5]->rules(), entrants[6]->rules());
    report.rows.push_back(behaviour);
  } else {
    report.rows.push_back({"5", "throughput lost by behaviour rules beside detection rules", Unit::kPercent,
                           to_behaviour, std::nullopt, "no corpora at hand"});
  }
  for (const auto& entrant : entrants) {
    report.gates.push_back({entrant->name, entrant->set.program, {segments[0]}});
  }
}

}  // namespace eqlc::bench
