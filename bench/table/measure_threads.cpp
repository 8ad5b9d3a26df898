#include <fmt/format.h>

#include <array>
#include <chrono>
#include <functional>
#include <thread>

#include "bench/table/child.h"
#include "bench/table/measurements.h"
#include "runtime/measure/reference_walk.h"
#include "runtime/measure/rounds.h"

namespace eqlc::bench {
namespace {

constexpr int kFileRepeats = 8;  // the file is given so often, so that the start of the process counts for little

double WallSeconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

bool CommandTakesJobs() {
  Child help({EQLC_COMMAND, "run", "--help"});
  bool takes = false;
  while (const std::optional<std::string> line = help.ReadLine()) takes |= line->find("--jobs") != std::string::npos;
  return takes;
}

// The walk over every event `kFileRepeats` times, by so many threads with a share each.
double Walk(const Workload& workload, const EventLines& events, size_t threads) {
  return WallSeconds([&] {
    std::vector<std::jthread> workers;
    for (size_t t = 0; t < threads; ++t) {
      workers.emplace_back([&, t] {
        ReferenceWalk walk(workload.rules.program->fields());
        for (int repeat = 0; repeat < kFileRepeats; ++repeat) {
          for (size_t i = t; i < events.size(); i += threads) walk.Walk(events[i]);
        }
      });
    }
  });
}

// Without the start: what a run over no events takes is subtracted.
double RunCommand(const Workload& workload, const std::string& file, int repeats, size_t threads) {
  std::vector<std::string> argv = {"env",    "EQLC_NO_CACHE=1", EQLC_COMMAND,
                                   "run",    "--quiet",         "--engine",
                                   "native", "--jobs",          fmt::format("{}", threads)};
  for (const std::string& folder : workload.rule_folders) argv.insert(argv.end(), {"-r", folder});
  argv.insert(argv.end(), static_cast<size_t>(repeats), file);
  return WallSeconds([&] {
    Child run(argv);
    run.DropOutput();
  });
}

}  // namespace

void MeasureThreads(const Workload& workload, Report& report) {
  Row row{"11", "speed-up by a second thread / that of simdjson's walk", Unit::kShare, {0.80, 0.95, true}, {}, ""};
  if (!CommandTakesJobs()) {
    row.note = "`eqlc run` has no --jobs";
    report.rows.push_back(row);
    return;
  }
  const EventLines& events = *workload.streams[0].events;
  const std::string file = workload.scratch_folder + "/events.ndjson", nothing = workload.scratch_folder + "/no.ndjson";
  WriteFile(file, std::string(events.text()));
  WriteFile(nothing, "");
  std::array<Timing, 3> walk, run;  // [threads]
  for (int round = 0; round < workload.rounds; ++round) {
    for (size_t threads : {1, 2}) {
      walk[threads].ns.push_back(Walk(workload, events, threads));
      run[threads].ns.push_back(RunCommand(workload, file, kFileRepeats, threads) -
                                RunCommand(workload, nothing, 1, threads));
    }
  }
  const double walk_gain = walk[1].best() / walk[2].best(), run_gain = run[1].best() / run[2].best();
  row.ours = run_gain / walk_gain;
  row.note = fmt::format("by the clock on the wall, best of the rounds: {:.2f} and {:.2f}", run_gain, walk_gain);
  report.rows.push_back(row);
}

}  // namespace eqlc::bench
