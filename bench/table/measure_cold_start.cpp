#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bench/table/child.h"
#include "bench/table/measurements.h"

namespace eqlc::bench {
namespace {

constexpr size_t kRules = 1'000;
constexpr double kMegabyte = 1'000'000;

// Keeps the event of the first alert of a rule that asks for one event alone.
class FirstMatch : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    if (!event && alert.rule.kind == RuleKind::kEvent) event = alert.events[0];
    return {};
  }
  std::optional<std::string> event;
};

std::optional<std::string> MatchingEvent(const Workload& workload) {
  FirstMatch sink;
  Session session(workload.rules.program, sink);
  for (const Stream& stream : workload.streams) {
    for (size_t i = 0; i < stream.events->size() && !sink.event; ++i) (void)session.Push((*stream.events)[i]).ok();
  }
  return sink.event;
}

// Figures of several processes that do the same.
class Starts {
 public:
  Starts(const std::vector<std::string>& argv, int rounds) {
    for (int round = 0; round < rounds; ++round) {
      ChildFigures figures = Child(argv).ReadFigures();
      if (figures["matched"] >= 1 && figures["rules"] >= 1) all_.push_back(std::move(figures));
    }
  }

  bool failed() const { return all_.empty(); }
  double rules() const { return all_.front().at("rules"); }
  double per_thousand() const { return kRules / rules(); }
  double Best(const std::string& name) const { return Sorted(name).front(); }
  double Median(const std::string& name) const { return Sorted(name)[all_.size() / 2]; }

 private:
  std::vector<double> Sorted(const std::string& name) const {
    std::vector<double> values;
    for (const ChildFigures& figures : all_) values.push_back(figures.at(name));
    std::ranges::sort(values);
    return values;
  }

  std::vector<ChildFigures> all_;
};

void AddMissing(Report& report, const std::string& why) {
  report.rows.push_back({"7a", "rule files to first match, 1,000 rules", Unit::kSeconds, {2, 0.6, false}, {}, why});
  report.rows.push_back({"10a", "resident memory, 1,000 rules", Unit::kMegabytes, {200, 64, false}, {}, why});
  report.rows.push_back(
      {"10b", "peak memory while compiling 1,000 rules", Unit::kMegabytes, {500, 256, false}, {}, why});
}

void AddColdRows(const Starts& cold, Report& report) {
  const double scale = cold.per_thousand();
  const std::string of = fmt::format("of {:.0f} rules, in proportion", cold.rules());
  report.rows.push_back({"7a",
                         "rule files to first match, 1,000 rules",
                         Unit::kSeconds,
                         {2, 0.6, false},
                         scale * cold.Best("seconds"),
                         fmt::format("{}; processor time of a process from its start; median {:.2f} s", of,
                                     scale * cold.Median("seconds"))});
  report.rows.push_back({"10a",
                         "resident memory, 1,000 rules",
                         Unit::kMegabytes,
                         {200, 64, false},
                         scale * cold.Best("resident_bytes") / kMegabyte,
                         of + "; after the first match"});
  report.rows.push_back({"10b",
                         "peak memory while compiling 1,000 rules",
                         Unit::kMegabytes,
                         {500, 256, false},
                         scale * cold.Best("peak_bytes") / kMegabyte,
                         of});
}

// With a ruleset saved before. Its conditions are interpreted, so this is a start, but not one at full speed.
std::string SavedRuleset(const Workload& workload, const std::vector<RuleText>& texts, const std::string& event_file) {
  CompileOptions options;
  options.native_code = false;
  const std::string ruleset = workload.scratch_folder + "/rules.eqlc";
  if (!Compile(texts, options).program->Save(ruleset)) return "";
  const Starts saved({"/proc/self/exe", "--warm-start", ruleset, event_file}, workload.rounds);
  if (saved.failed()) return "";
  return fmt::format("; a saved ruleset, interpreted, matches after {:.0f} ms, {:.0f} MB resident",
                     1e3 * saved.per_thousand() * saved.Best("seconds"),
                     saved.per_thousand() * saved.Best("resident_bytes") / kMegabyte);
}

}  // namespace

void MeasureColdStart(const Workload& workload, Report& report) {
  const std::optional<std::string> event = MatchingEvent(workload);
  std::vector<RuleText> texts = workload.rules.texts;
  texts.insert(texts.end(), workload.behaviour.begin(), workload.behaviour.end());
  if (texts.size() > kRules) texts.resize(kRules);
  std::string list;
  for (const RuleText& text : texts) list += text.name + "\n";
  const std::string list_file = workload.scratch_folder + "/rules.txt";
  const std::string event_file = workload.scratch_folder + "/event.json";
  WriteFile(list_file, list);
  WriteFile(event_file, event.value_or("{}"));

  const Starts cold({"/proc/self/exe", "--cold-start", list_file, event_file}, workload.rounds);
  if (cold.failed()) {
    AddMissing(report, "no event of the streams matched, or the process failed");
  } else {
    AddColdRows(cold, report);
  }
  Row warm{"7b",
           "warm start to first match, 1,000 rules",
           Unit::kMillis,
           {200, 50, false},
           {},
           "machine code is not kept from one process to the next"};
  warm.note += SavedRuleset(workload, texts, event_file);
  report.rows.push_back(warm);
}

}  // namespace eqlc::bench
