#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

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

// The best of several starts in one way.
struct BestStart {
  std::string environment;
  std::string rules;
  std::function<void(int round)> before = [](int) {};
  std::optional<Start> best = std::nullopt;

  void Once(int round, const std::string& event) {
    before(round);
    const std::optional<Start> start = StartOnce(environment, rules, event);
    if (start && (!best || start->cpu_seconds < best->cpu_seconds)) best = start;
  }
};

// What a machine does changes from minute to minute, so the ways take turns.
void TakeTurns(const std::vector<BestStart*>& ways, int rounds, const std::string& event) {
  for (int round = 0; round < rounds; ++round) {
    for (BestStart* way : ways) way->Once(round, event);
  }
}

std::string RuleFileName(const std::string& folder, size_t number) {
  return fmt::format("{}/{:04}.toml", folder, number);
}

// As an author does: a file is written anew, with a space more in it.
void EditRule(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string_view word = " where ";
  const size_t at = text.find(word);
  text.insert(at == std::string::npos ? text.size() : at + word.size(), " ");
  WriteFile(path, text);
}

// The ruleset that `eqlc compile` writes to this name.
void CompileTo(const std::string& rules, const std::string& file) {
  Child compile({EQLC_COMMAND, "compile", rules, "-o", file});
  while (compile.ReadLine()) {
  }
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
      fs::create_symlink(fs::absolute(texts[i].name), RuleFileName(folder_, i));
    }
  }

  void Cold() {
    BestStart way{"EQLC_NO_CACHE=1", folder_};
    if (has_event()) TakeTurns({&way}, rounds_, event_);
    const std::optional<Start>& cold = way.best;
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

  // As `eqlc run` does it: sessions could begin as soon as the rules are compiled.
  void Background() {
    Row row{"7d", "all machine code made in the background, 1,000 rules", Unit::kSeconds, {8, 2.5, false}, {}, of_};
    CompileOptions options;
    options.background_code = true;
    for (int round = 0; round < rounds_; ++round) {
      const auto begin = Clock::now();
      const CompileResult compiled = CompileFiles({folder_}, options);
      compiled.program->AwaitNativeCode();
      const double seconds = scale_ * std::chrono::duration<double>(Clock::now() - begin).count();
      row.ours = std::min(row.ours.value_or(seconds), seconds);
    }
    row.note += "; from rule files on, by the clock on the wall, with all processors";
    report_.rows.push_back(row);
  }

  void Warm() {
    const std::string object = workload_.scratch_folder + "/rules.so", image = workload_.scratch_folder + "/rules.eqlc";
    CompileTo(folder_, object);
    CompileTo(folder_, image);
    BestStart cache{"EQLC_CACHE=" + workload_.scratch_folder + "/cache", folder_};
    BestStart edited{"EQLC_CACHE=" + workload_.scratch_folder + "/cache-edited", CopyRules()};
    edited.before = [&](int round) { EditRule(RuleFileName(edited.rules, static_cast<size_t>(round) * 7)); };
    BestStart native{"EQLC_NO_CACHE=1", object};
    BestStart interpreted{"EQLC_NO_CACHE=1", image};
    Fill(cache);
    Fill(edited);
    TakeTurns({&cache, &edited, &native, &interpreted}, rounds_, event_);
    AddWarm(cache, native, interpreted);
    AddEdited(edited);
  }

  bool has_event() const { return !event_.empty(); }

 private:
  // Files of their own, to be changed.
  std::string CopyRules() const {
    const std::string copy = folder_ + "-edited";
    fs::create_directory(copy);
    for (const auto& rule : fs::directory_iterator(folder_)) {
      fs::copy_file(rule.path(), fs::path(copy) / rule.path().filename());
    }
    return copy;
  }

  // Twice, with a pause between: a file that was written a moment ago is recognised by its contents alone.
  void Fill(const BestStart& way) const {
    StartOnce(way.environment, way.rules, event_);
    std::this_thread::sleep_for(std::chrono::seconds(3));
    StartOnce(way.environment, way.rules, event_);
  }

  void AddWarm(const BestStart& cache, const BestStart& native, const BestStart& interpreted) {
    Row row{"7b", "warm start to first match, 1,000 rules", Unit::kMillis, {200, 50, false}, {}, of_};
    const auto add = [&](const char* what, const std::optional<Start>& start, bool is_native) {
      if (!start) return;
      const double ms = 1e3 * scale_ * start->cpu_seconds;
      row.note +=
          fmt::format("; {}: {:.0f} ms, {:.0f} MB resident", what, ms, scale_ * start->resident_bytes / kMegabyte);
      if (is_native) row.ours = std::min(row.ours.value_or(ms), ms);
    };
    add("cache", cache.best, /*is_native=*/true);
    add("rules.so", native.best, /*is_native=*/true);
    add("rules.eqlc, interpreted", interpreted.best, /*is_native=*/false);
    report_.rows.push_back(row);
  }

  void AddEdited(const BestStart& edited) {
    Row row{"7c", "start after one of 1,000 rules was edited", Unit::kMillis, {100, 20, false}, {}, of_};
    if (const std::optional<Start>& start = edited.best) {
      row.ours = 1e3 * scale_ * start->cpu_seconds;
      row.note += fmt::format(
          "; by way of the cache, with all threads, the code that is made meanwhile included; {:.0f} ms "
          "by the clock on the wall",
          1e3 * scale_ * start->wall_seconds);
    }
    report_.rows.push_back(row);
  }

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
  rows.Background();
  if (rows.has_event()) rows.Warm();
}

}  // namespace eqlc::bench
