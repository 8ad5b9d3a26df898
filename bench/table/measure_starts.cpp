#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "bench/table/child.h"
#include "bench/table/measurements.h"

namespace eqlc::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr size_t kRules = 1'000;
constexpr double kMegabyte = 1'000'000;
constexpr int kRounds = 3;  // at most; a start takes seconds

// Keeps the event of the last alert of a rule that asks for one event alone.
class LastMatch : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    if (alert.rule.kind == RuleKind::kEvent) event = alert.events[0];
    return {};
  }
  std::optional<std::string> event;
};

// The first event that gives an alert without others before it.
std::optional<std::string> MatchingEvent(const std::shared_ptr<const Program>& program, const Workload& workload) {
  LastMatch among_others;
  Session session(program, among_others);
  for (const Stream& stream : workload.streams) {
    for (size_t i = 0; i < stream.events->size(); ++i) {
      among_others.event.reset();
      (void)session.Push((*stream.events)[i]).ok();
      if (!among_others.event) continue;
      LastMatch alone;
      Session fresh(program, alone);
      (void)fresh.Push((*stream.events)[i]).ok();
      if (alone.event) return alone.event;
    }
  }
  return std::nullopt;
}

// Of the command from its start to the alert; bytes when it has nothing left to do.
struct Start {
  double cpu_seconds = 0;
  double wall_seconds = 0;
  double resident_bytes = 0;
  double peak_bytes = 0;
};

// Machine code may still be made in the background. A process that waits for input wakes now and then, too.
void WaitUntilIdle(const Child& child) {
  constexpr double kIdleShare = 0.05;
  constexpr std::chrono::duration<double> kPause(0.2);
  for (int pauses = 0; pauses < 300; ++pauses) {
    const double before = child.CpuSeconds();
    std::this_thread::sleep_for(kPause);
    if (child.CpuSeconds() - before < kIdleShare * kPause.count()) return;
  }
}

// `rules` are a folder or a compiled ruleset, `environment` settings as for env(1).
std::optional<Start> StartOnce(const std::string& environment, const std::string& rules, const std::string& event) {
  const auto begin = Clock::now();
  Child run({"env", environment, EQLC_COMMAND, "run", "--quiet", "-r", rules, "-"});
  run.WriteLine(event);
  if (!run.ReadLine()) return std::nullopt;
  Start start;
  start.cpu_seconds = run.CpuSeconds();
  start.wall_seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  WaitUntilIdle(run);
  start.resident_bytes = run.MemoryBytes("VmRSS");
  start.peak_bytes = run.MemoryBytes("VmHWM");
  return start;
}

// The best of several.
std::optional<Start> BestStart(const std::string& environment, const std::string& rules, const std::string& event,
                               int rounds) {
  std::optional<Start> best;
  for (int round = 0; round < rounds; ++round) {
    const std::optional<Start> start = StartOnce(environment, rules, event);
    if (start && (!best || start->cpu_seconds < best->cpu_seconds)) best = start;
  }
  return best;
}

bool IsSharedObject(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char magic[4] = {};
  in.read(magic, sizeof magic);
  return std::string_view(magic, sizeof magic) ==
         "\x7f"
         "ELF";
}

// The ruleset that `eqlc compile` writes to this name.
void CompileTo(const std::string& rules, const std::string& file) {
  Child compile({EQLC_COMMAND, "compile", rules, "-o", file});
  while (compile.ReadLine()) {
  }
}

bool RunHasOption(const char* name) {
  Child help({EQLC_COMMAND, "run", "--help"});
  bool has = false;
  while (const std::optional<std::string> line = help.ReadLine()) has |= line->find(name) != std::string::npos;
  return has;
}

class StartRows {
 public:
  StartRows(const Workload& workload, Report& report) : workload_(workload), report_(report) {
    std::vector<RuleText> texts = workload.rules.texts;
    texts.insert(texts.end(), workload.behaviour.begin(), workload.behaviour.end());
    if (texts.size() > kRules) texts.resize(kRules);
    const RuleSet rules = CompileSet(texts);
    event_ = MatchingEvent(rules.program, workload).value_or("");
    scale_ = static_cast<double>(kRules) / static_cast<double>(rules.program->rules().size());
    of_ = fmt::format("of {} rules, in proportion", rules.program->rules().size());
    rounds_ = std::min(workload.rounds, kRounds);
    folder_ = workload.scratch_folder + "/rules";
    fs::create_directory(folder_);
    for (size_t i = 0; i < texts.size(); ++i) {
      fs::create_symlink(fs::absolute(texts[i].name), fmt::format("{}/{:04}.toml", folder_, i));
    }
  }

  void Cold() {
    const std::optional<Start> cold =
        !has_event() ? std::nullopt : BestStart("EQLC_NO_CACHE=1", folder_, event_, rounds_);
    Row start{"7a", "rule files to first match, 1,000 rules", Unit::kSeconds, {2, 0.6, false}, {}, ""};
    Row resident{"10a", "resident memory, 1,000 rules", Unit::kMegabytes, {200, 64, false}, {}, ""};
    Row peak{"10b", "peak memory while compiling 1,000 rules", Unit::kMegabytes, {500, 256, false}, {}, ""};
    if (cold) {
      start.ours = scale_ * cold->cpu_seconds;
      resident.ours = scale_ * cold->resident_bytes / kMegabyte;
      peak.ours = scale_ * cold->peak_bytes / kMegabyte;
      start.note = fmt::format("{}; processor time of `eqlc run`, all threads; {:.2f} s by the clock on the wall", of_,
                               scale_ * cold->wall_seconds);
      resident.note = of_ + "; when nothing is left to be compiled";
      peak.note = of_;
    } else {
      start.note = resident.note = peak.note = "no event of the streams gives an alert by itself";
    }
    for (Row& row : {std::ref(start), std::ref(resident), std::ref(peak)}) report_.rows.push_back(row);
  }

  void Warm() {
    Row row{"7b", "warm start to first match, 1,000 rules", Unit::kMillis, {200, 50, false}, {}, ""};
    std::string note = of_;
    const auto add = [&](const char* what, const std::optional<Start>& start, bool native) {
      if (!start) return;
      const double ms = 1e3 * scale_ * start->cpu_seconds;
      note += fmt::format("; {}: {:.0f} ms, {:.0f} MB resident", what, ms, scale_ * start->resident_bytes / kMegabyte);
      if (native) row.ours = std::min(row.ours.value_or(ms), ms);
    };
    if (RunHasOption("--cache")) {
      const std::string cache = "EQLC_CACHE=" + workload_.scratch_folder + "/cache";
      StartOnce(cache, folder_, event_);  // fills it
      add("cache", BestStart(cache, folder_, event_, rounds_), /*native=*/true);
    }
    const std::string object = workload_.scratch_folder + "/rules.so", image = workload_.scratch_folder + "/rules.eqlc";
    CompileTo(folder_, object);
    if (IsSharedObject(object)) add("rules.so", BestStart("EQLC_NO_CACHE=1", object, event_, rounds_), /*native=*/true);
    CompileTo(folder_, image);
    add("rules.eqlc, interpreted", BestStart("EQLC_NO_CACHE=1", image, event_, rounds_), /*native=*/false);
    row.note = row.ours ? note : "machine code is not kept from one process to the next; " + note;
    report_.rows.push_back(row);
  }

  bool has_event() const { return !event_.empty(); }

 private:
  const Workload& workload_;
  Report& report_;
  std::string folder_;  // of the rules
  std::string event_;   // that matches
  std::string of_;
  double scale_ = 1;
  int rounds_ = 1;
};

}  // namespace

void MeasureStarts(const Workload& workload, Report& report) {
  StartRows rows(workload, report);
  rows.Cold();
  if (rows.has_event()) rows.Warm();
}

}  // namespace eqlc::bench
