#include "summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "command.h"
#include "say.h"

namespace eqlc::cli {
namespace {

constexpr size_t kRulesShown = 20;

void PrintRow(const char* label, const std::string& value) { Say("  {:<20} {}\n", label, value); }

void PrintRowIfAny(const char* label, uint64_t count) {
  if (count > 0) PrintRow(label, WithCommas(count));
}

int SeverityRank(std::string_view severity) {
  if (severity == "critical") return 0;
  if (severity == "high") return 1;
  return severity == "medium" ? 2 : 3;
}

void PrintSeverities(const Program& program, const SessionStats& stats) {
  std::map<int, std::pair<std::string_view, uint64_t>> severities;
  for (size_t r = 0; r < program.rules().size(); ++r) {
    if (stats.alerts_per_rule[r] == 0) continue;
    auto& entry = severities[SeverityRank(program.rules()[r].severity)];
    entry.first = program.rules()[r].severity;
    entry.second += stats.alerts_per_rule[r];
  }
  for (const auto& [rank, entry] : severities)
    PrintRow(("  " + std::string(entry.first)).c_str(), WithCommas(entry.second));
}

void PrintRules(const Program& program, const SessionStats& stats) {
  std::vector<size_t> fired;
  for (size_t r = 0; r < program.rules().size(); ++r) {
    if (stats.alerts_per_rule[r] > 0) fired.push_back(r);
  }
  std::sort(fired.begin(), fired.end(), [&](size_t a, size_t b) {
    const uint64_t alerts_a = stats.alerts_per_rule[a], alerts_b = stats.alerts_per_rule[b];
    return alerts_a != alerts_b ? alerts_a > alerts_b : a < b;
  });
  if (fired.empty()) return;
  Say("\n  {:>10}  {:<9} {}\n", "alerts", "severity", "rule");
  for (size_t i = 0; i < std::min(fired.size(), kRulesShown); ++i) {
    const RuleInfo& rule = program.rules()[fired[i]];
    Say("  {:>10}  {:<9} {}\n", WithCommas(stats.alerts_per_rule[fired[i]]), rule.severity, rule.name);
  }
  if (fired.size() > kRulesShown) Say("  {:>10}  and {} more rules\n", "", fired.size() - kRulesShown);
}

}  // namespace

void PrintSummary(const Program& program, const RulesLoaded& rules, const SessionStats& stats, const FeedResult& feed,
                  double seconds) {
  Say("\n{}\n", feed.interrupted ? "Interrupted. Summary until then" : "Summary");
  PrintRow("rules loaded", WithCommas(rules.loaded));
  PrintRowIfAny("rules left out", rules.left_out);
  PrintRowIfAny("other languages", rules.other);
  PrintRow("events", WithCommas(stats.events));
  PrintRowIfAny("bad lines skipped", stats.bad_events + feed.long_lines);
  PrintRowIfAny("bad inputs", feed.bad_inputs);
  PrintRowIfAny("out of order", stats.late_events);
  PrintRowIfAny("without timestamp", stats.no_timestamp);
  PrintRowIfAny("partials evicted", stats.evicted_partials);
  PrintRowIfAny("alerts not written", stats.sink_errors);
  PrintRow("alerts", WithCommas(stats.alerts));
  PrintSeverities(program, stats);
  PrintRow("throughput",
           fmt::format("{:.1f} MB/s, {} events/s ({:.2f} s)", static_cast<double>(stats.bytes) / 1e6 / seconds,
                       WithCommas(static_cast<uint64_t>(static_cast<double>(stats.events) / seconds)), seconds));
  PrintRules(program, stats);
}

}  // namespace eqlc::cli
