// performance_table: measures every figure that the project has a goal for, prints the table, and writes it with a plot
// to a folder. scripts/bench.sh builds and runs it.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "bench/table/child.h"
#include "bench/table/machine.h"
#include "bench/table/measurements.h"
#include "bench/table/open_partials.h"
#include "bench/table/plot.h"

namespace eqlc::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string corpora;
  std::string out;
  std::string name = "performance";
  size_t events = 30'000;
  std::vector<std::string> rows;  // none: all
  Workload workload;              // only what options set
};

struct Part {
  const char* what;
  void (*measure)(const Workload&, Report&);
  std::vector<std::string> rows;
};
const Part kParts[] = {
    {"stages", MeasureStages, {"1", "2"}},
    {"python-eql", MeasurePythonEql, {"3"}},
    {"numbers of rules", MeasureRuleCounts, {"4a", "4b", "5"}},
    {"machine code", MeasureResidual, {"6"}},
    {"starts", MeasureStarts, {"7a", "7b", "7c", "7d", "10a", "10b"}},
    {"partial sequences", MeasurePartials, {"8a", "8b", "9"}},
    {"a second thread", MeasureThreads, {"11"}},
    {"latency", MeasureLatency, {"12a", "12b"}},
    {"hostile events", MeasureHostile, {"13"}},
};

bool IsAskedFor(const Part& part, const std::vector<std::string>& rows) {
  return rows.empty() ||
         std::ranges::any_of(rows, [&](const std::string& row) { return std::ranges::count(part.rows, row) != 0; });
}

std::vector<std::string> AllRows() {
  std::vector<std::string> rows;
  for (const Part& part : kParts) rows.insert(rows.end(), part.rows.begin(), part.rows.end());
  return rows;
}

// Removed with all in it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "eqlc-bench-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void LoadRules(const Options& options, Workload& workload) {
  const std::string detection = options.corpora + "/detection-rules", behaviour = options.corpora + "/behaviour-rules";
  workload.rule_folders = {fs::exists(detection) ? detection : std::string(EQLC_SOURCE_DIR "/rules")};
  workload.rules = CompileSet(ReadRules(workload.rule_folders));
  if (fs::exists(behaviour)) workload.behaviour = ReadRules({behaviour});
}

void LoadStreams(const Options& options, Workload& workload) {
  workload.streams.push_back(GeneratedStream({}, options.events));
  for (const auto& [name, file] : {std::pair("rta", "eqllib-sysmon-rta-ecs.ndjson.zst"),
                                   std::pair("otrf", "otrf-windows-ecs-sample.ndjson.zst")}) {
    const std::string path = options.corpora + "/events/" + file;
    if (!fs::exists(path)) continue;
    Result<Stream> stream = RecordedStream(name, {path}, options.events);
    if (stream) workload.streams.push_back(std::move(*stream));
  }
}

void Describe(const Options& options, const Workload& workload, Report& report) {
  report.title = fmt::format("{:%Y-%m-%d}: {}", fmt::localtime(std::time(nullptr)), options.name);
  report.facts = DescribeMachine();
  report.facts.emplace_back("rules", fmt::format("{} of {} files{}, compiled in {:.2f} s; {} other files",
                                                 workload.rules.program->rules().size(), workload.rules.texts.size(),
                                                 options.corpora.empty() ? " of this repository" : "",
                                                 workload.rules.compile_seconds, workload.behaviour.size()));
  for (const Stream& stream : workload.streams) {
    report.facts.emplace_back(fmt::format("stream {}", stream.name),
                              fmt::format("{} events of {} bytes; {}", stream.events->size(),
                                          stream.events->text().size() / stream.events->size(), stream.description));
  }
  report.facts.emplace_back("measured",
                            fmt::format("by processor time of one thread, in {} interleaved rounds; the best "
                                        "round counts, machines are shared and busy",
                                        workload.rounds));
}

// As people count: "4b" before "10a".
void SortRows(std::vector<Row>& rows) {
  std::ranges::sort(rows, {}, [](const Row& row) { return std::pair(std::atoi(row.id.c_str()), row.id); });
}

void WriteFiles(const Options& options, const Report& report) {
  if (options.out.empty()) return;
  const std::string stem = fmt::format("{:%Y-%m-%d}-{}", fmt::localtime(std::time(nullptr)), options.name);
  const std::string plot = PlotRuleCounts(report.curve);
  WriteFile(fmt::format("{}/{}.md", options.out, stem), WriteMarkdown(report, plot.empty() ? "" : stem + ".svg"));
  if (!plot.empty()) WriteFile(fmt::format("{}/{}.svg", options.out, stem), plot);
  fmt::print("written to {}/{}.md\n", options.out, stem);
}

int Run(Options& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto say = [&](const char* what) {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    fmt::print(stderr, "{:>5.0f} s  {}\n", passed.count(), what);
  };
  const ScratchFolder scratch;
  Workload& workload = options.workload;
  workload.scratch_folder = scratch.path();
  Report report;
  say("rules and events");
  LoadRules(options, workload);
  LoadStreams(options, workload);
  Describe(options, workload, report);
  for (const Part& part : kParts) {
    if (!IsAskedFor(part, options.rows)) continue;
    say(part.what);
    part.measure(workload, report);
  }
  SortRows(report.rows);
  say("answers of the interpreter without index");
  report.answers = CheckGates(report.gates);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  report.facts.emplace_back("the whole took", fmt::format("{:.0f} s", passed.count()));
  fmt::print("{}", WriteRows(report));
  WriteFiles(options, report);
  if (report.AllAnswersSame()) return 0;
  fmt::print(stderr, "answers differ from those of the interpreter without index\n");
  return 1;
}

}  // namespace
}  // namespace eqlc::bench

int main(int argc, char** argv) {
  using namespace eqlc::bench;
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() == 2 && args[0] == "--open-partials")
    return OpenPartials(std::strtoull(args[1].c_str(), nullptr, 10));

  Options options;
  CLI::App app("Measures every figure that eqlc has a goal for");
  app.add_option("--corpora", options.corpora,
                 "Folder with detection-rules, behaviour-rules and events; without it the "
                 "rules of this repository meet generated events")
      ->envname("EQLC_CORPORA_DIR");
  app.add_option("--out", options.out, "Folder for the results; none: they are only printed");
  app.add_option("--name", options.name, "Of the results")->capture_default_str();
  app.add_option("--rows", options.rows, "Only what gives these rows, as 4a,11")
      ->delimiter(',')
      ->check(CLI::IsMember(AllRows()));
  app.add_option("--events", options.events, "Of each stream")
      ->check(CLI::Range(100, 1'000'000))
      ->capture_default_str();
  app.add_option("--segment", options.workload.segment_events, "Events of a round for sessions that live on")
      ->check(CLI::Range(100, 1'000'000))
      ->capture_default_str();
  app.add_option("--rounds", options.workload.rounds, "How often everything is measured")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--partials", options.workload.partials, "Open partial sequences, where they are many")
      ->check(CLI::Range(1'000, 10'000'000))
      ->capture_default_str();
  app.add_option("--python", options.workload.python, "Python with the package `eql`")
      ->envname("EQLC_PYTHON")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return Run(options);
}
