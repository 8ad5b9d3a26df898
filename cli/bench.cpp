// eqlc bench: how fast rules run over given events, stage by stage.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "command.h"
#include "compiler/measure/grown_rules.h"
#include "runtime/measure/roofline.h"
#include "runtime/measure/rounds.h"
#include "runtime/measure/rule_costs.h"
#include "runtime/measure/stages.h"
#include "say.h"

namespace eqlc::cli {
namespace {

struct BenchArgs {
  std::vector<std::string> rules;
  std::vector<std::string> inputs;
  size_t events = 50'000;
  int rounds = 5;
  size_t costliest = 10;
  bool scale = false;
  CompileOptions compile;
};

// Numbers of rules for --scale.
constexpr size_t kScale[] = {1, 10, 100, 1'000, 10'000};

// Of this process, until now.
uint64_t PeakMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

double PerEvent(uint64_t count, const Roofline& roofline) {
  return static_cast<double>(count) / static_cast<double>(roofline.events);
}

void PrintSteps(const Roofline& roofline) {
  double reference = 0;
  for (const RooflineStep& step : roofline.steps) {
    if (step.name == "reference walk") reference = step.best_ns;
  }
  const double bytes = PerEvent(roofline.bytes, roofline);
  fmt::print("{:<22} {:>10} {:>10} {:>8} {:>12} {:>14}\n", "stage", "best ns", "median ns", "GB/s", "events/s",
             "of reference");
  for (const RooflineStep& step : roofline.steps) {
    fmt::print("{:<22} {:>10.0f} {:>10.0f} {:>8.2f} {:>12} {:>14.2f}\n", step.name, step.best_ns, step.median_ns,
               bytes / step.best_ns, WithCommas(static_cast<uint64_t>(1e9 / step.best_ns)), reference / step.best_ns);
  }
}

void PrintCounters(const Roofline& roofline) {
  const MatchCounters& counters = roofline.match.counters;
  fmt::print(
      "\nper event: {:.1f} conditions, {:.2f} questions, {:.2f} look-ups, {:.3f} values searched for patterns,\n",
      PerEvent(counters.conditions, roofline), PerEvent(counters.questions, roofline),
      PerEvent(counters.lookups, roofline), PerEvent(counters.scanned, roofline));
  fmt::print("           {:.3f} steps made, {:.2f} candidates, {:.2f} leaves evaluated, {:.3f} conditions matched\n",
             PerEvent(counters.steps, roofline), PerEvent(counters.candidates, roofline),
             PerEvent(roofline.match.leaves, roofline), PerEvent(roofline.match.matched, roofline));
  fmt::print("index: {} partitions, {} bytes; {} alerts in one run\n", roofline.match.partitions,
             WithCommas(roofline.match.index_bytes), WithCommas(roofline.alerts));
}

void PrintCostliest(const Program& program, const std::vector<RuleCost>& costs, size_t events, size_t most) {
  const auto each = [&](double count) { return count / static_cast<double>(events); };
  double total_ns = 0;
  for (const RuleCost& cost : costs) total_ns += cost.ns;
  fmt::print("\n{} of {} rules are evaluated, {:.1f} ns an event; the costliest:\n", costs.size(),
             program.rules().size(), each(total_ns));
  fmt::print("{:>9} {:>8} {:>15} {:>9} {:>11}  rule\n", "ns/event", "share", "evaluated/event", "ns each",
             "held/event");
  for (size_t i = 0; i < std::min(most, costs.size()); ++i) {
    const RuleCost& cost = costs[i];
    const RuleInfo& rule = program.rules()[cost.rule];
    fmt::print("{:>9.1f} {:>6.1f} % {:>15.3f} {:>9.0f} {:>11.3f}  {} {}\n", each(cost.ns), 100 * cost.ns / total_ns,
               each(static_cast<double>(cost.evaluated)), cost.ns / static_cast<double>(cost.evaluated),
               each(static_cast<double>(cost.held)), rule.id, rule.name);
  }
}

// Of each number of rules.
constexpr size_t kScaledSteps = 3;

// One number of rules.
struct Scaled {
  Scaled(std::shared_ptr<const Program> program_in, const EventLines& events)
      : program(std::move(program_in)), stages(program, events) {}

  std::shared_ptr<const Program> program;
  Stages stages;
};

std::vector<std::unique_ptr<Scaled>> ScaleRules(const BenchArgs& args, const Program& program,
                                                const EventLines& events) {
  const std::vector<RuleText> real = ReadRules(args.rules);
  const size_t most = kScale[std::size(kScale) - 1];
  const std::vector<RuleText> copies = SilentCopies(program, events, most - std::min(most, real.size()), args.compile);
  std::vector<std::unique_ptr<Scaled>> all;
  for (const size_t count : kScale) {
    all.push_back(std::make_unique<Scaled>(Compile(GrowRules(real, copies, count), args.compile).program, events));
  }
  return all;
}

// What an event costs by the number of rules.
void PrintScale(const BenchArgs& args, const Program& program, const EventLines& events) {
  const std::vector<std::unique_ptr<Scaled>> all = ScaleRules(args, program, events);
  std::vector<Step> steps;
  for (const std::unique_ptr<Scaled>& scaled : all) {
    steps.push_back({"decode", [&] { scaled->stages.Decode(); }});
    steps.push_back({"decode + match", [&] { scaled->stages.Match(); }});
    steps.push_back({"whole run", [&] { scaled->stages.Run(); }});
  }
  const std::vector<Timing> timings = MeasureRounds(steps, args.rounds);
  const auto count = static_cast<double>(events.size());
  fmt::print("\n{:>7} {:>7} {:>10} {:>15} {:>10} {:>10} {:>11}   best ns, and counts, an event\n", "rules", "fields",
             "decode", "decode + match", "whole run", "questions", "candidates");
  for (size_t i = 0; i < all.size(); ++i) {
    const auto best = [&](size_t step) { return timings[kScaledSteps * i + step].best() / count; };
    const MatchCounters counters = all[i]->stages.CountMatching().counters;
    fmt::print("{:>7} {:>7} {:>10.0f} {:>15.0f} {:>10.0f} {:>10.2f} {:>11.2f}\n", all[i]->program->rules().size(),
               all[i]->program->fields().size(), best(0), best(1), best(2),
               static_cast<double>(counters.questions) / count, static_cast<double>(counters.candidates) / count);
  }
}

int Bench(const BenchArgs& args) {
  const auto start = std::chrono::steady_clock::now();
  const CompileResult compiled = CompileFiles(args.rules, args.compile);
  const std::chrono::duration<double, std::milli> compile_time = std::chrono::steady_clock::now() - start;
  PrintDiagnostics(compiled.diagnostics, stderr, /*all=*/false);
  fmt::print("{} rules in {:.0f} ms:", compiled.program->rules().size(), compile_time.count());
  for (const CompilePhase& phase : compiled.phases) fmt::print(" {} {:.0f}", phase.name, 1e3 * phase.seconds);
  fmt::print("\n{} bytes of image, {} fields; peak memory {} bytes\n", WithCommas(compiled.program->image().size()),
             compiled.program->fields().size(), WithCommas(PeakMemory()));
  const Result<EventLines> events = EventLines::Load(args.inputs, args.events);
  if (!events || events->size() == 0) {
    Say("eqlc: {}\n", events ? "no events to measure with" : events.error().message);
    return kBad;
  }
  const Roofline roofline = MeasureRoofline(compiled.program, *events, args.rounds);
  fmt::print("{} events, {:.0f} bytes each, {} rounds\n\n", WithCommas(roofline.events),
             PerEvent(roofline.bytes, roofline), args.rounds);
  PrintSteps(roofline);
  PrintCounters(roofline);
  if (args.costliest > 0) {
    PrintCostliest(*compiled.program, MeasureRuleCosts(compiled.program, *events, args.rounds), events->size(),
                   args.costliest);
  }
  if (args.scale) PrintScale(args, *compiled.program, *events);
  fmt::print("peak memory {} bytes, with the events\n", WithCommas(PeakMemory()));
  return compiled.rules_failed > 0 ? kBad : kOk;
}

}  // namespace

void AddBench(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<BenchArgs>();
  CLI::App* command = app.add_subcommand("bench", "Measure how fast rules run over events, stage by stage");
  command->add_option("-r,--rules", args->rules, "Rule file or folder; may be repeated")
      ->allow_extra_args(false)
      ->required()
      ->envname("EQLC_RULES");
  command->add_option("FILES", args->inputs, "Events: NDJSON or JSON arrays, plain, .gz or .zst; - is stdin")
      ->required();
  command->add_option("--events", args->events, "How many events to keep in memory")
      ->capture_default_str()
      ->envname("EQLC_EVENTS");
  command->add_option("--rounds", args->rounds, "How often to measure every stage")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str()
      ->envname("EQLC_ROUNDS");
  command->add_option("--costliest", args->costliest, "How many of the costliest rules to show")
      ->capture_default_str()
      ->envname("EQLC_COSTLIEST");
  command
      ->add_flag(
          "--scale", args->scale,
          "Measure with 1, 10, 100, 1000 and 10000 rules, too: those given, and copies of them that cannot match")
      ->envname("EQLC_SCALE");
  AddCompileOptions(*command, args->compile);
  AddCodeOptions(*command, args->compile);
  command->callback([args, &exit_code] { exit_code = Bench(*args); });
}

}  // namespace eqlc::cli
