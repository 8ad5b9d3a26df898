#include "bench/table/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace eqlc::bench {
namespace {

using Cells = std::vector<std::string>;

// A Markdown table with its columns padded to one width; the first row is the head.
std::string Table(const std::vector<Cells>& rows) {
  std::vector<size_t> widths(rows.front().size());
  for (const Cells& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (size_t r = 0; r < rows.size(); ++r) {
    for (size_t i = 0; i < rows[r].size(); ++i) text += fmt::format("| {:<{}} ", rows[r][i], widths[i]);
    text += "|\n";
    for (size_t i = 0; r == 0 && i < widths.size(); ++i) text += fmt::format("|{:-<{}}", "", widths[i] + 2);
    if (r == 0) text += "|\n";
  }
  return text;
}

std::string Bound(double value, const Row& row) {
  return fmt::format("{} {}", row.goal.more_is_better ? ">=" : "<=", Show(value, row.unit));
}

double PerEvent(uint64_t count, const Roofline& roofline) {
  return static_cast<double>(count) / static_cast<double>(roofline.events);
}

std::string Stages(const std::string& stream, const Roofline& roofline) {
  double reference = 0;
  for (const RooflineStep& step : roofline.steps) {
    if (step.name == "reference walk") reference = step.best_ns;
  }
  std::vector<Cells> rows = {{stream, "best ns", "median ns", "GB/s", "events/s", "of reference"}};
  const double bytes = PerEvent(roofline.bytes, roofline);
  for (const RooflineStep& step : roofline.steps) {
    rows.push_back({step.name, fmt::format("{:.0f}", step.best_ns), fmt::format("{:.0f}", step.median_ns),
                    fmt::format("{:.2f}", bytes / step.best_ns), fmt::format("{:.0f}", 1e9 / step.best_ns),
                    fmt::format("{:.2f}", reference / step.best_ns)});
  }
  const MatchFigures& match = roofline.match;
  return Table(rows) +
         fmt::format(
             "\n{} events of {:.0f} bytes; an event: {:.1f} conditions in its partition, {:.1f} questions, {:.2f} "
             "look-ups, {:.2f} values searched for patterns, {:.3f} steps made, {:.2f} candidates, {:.2f} leaves, "
             "{:.3f} conditions hold; "
             "{} alerts.\n",
             roofline.events, bytes, PerEvent(match.counters.conditions, roofline),
             PerEvent(match.counters.questions, roofline), PerEvent(match.counters.lookups, roofline),
             PerEvent(match.counters.scanned, roofline), PerEvent(match.counters.steps, roofline),
             PerEvent(match.counters.candidates, roofline), PerEvent(match.leaves, roofline),
             PerEvent(match.matched, roofline), roofline.alerts);
}

std::string Curve(const std::vector<RuleCountPoint>& curve) {
  std::vector<Cells> rows = {{"rules", "reference walk", "decode", "decode + match", "whole run", "events/s"}};
  for (const RuleCountPoint& point : curve) {
    rows.push_back({fmt::format("{}", point.rules), fmt::format("{:.0f}", point.reference_walk),
                    fmt::format("{:.0f}", point.decode), fmt::format("{:.0f}", point.match),
                    fmt::format("{:.0f}", point.run), fmt::format("{:.0f}", 1e9 / point.run)});
  }
  return Table(rows);
}

std::string AnswersTable(const std::vector<GateResult>& answers) {
  std::vector<Cells> rows = {{"measurement", "rules", "events", "alerts", "answers"}};
  for (const GateResult& result : answers) {
    rows.push_back({result.what, fmt::format("{}", result.rules), fmt::format("{}", result.events),
                    fmt::format("{}", result.reference.alerts), result.same() ? "same" : "DIFFERENT"});
  }
  return Table(rows);
}

}  // namespace

bool Report::AllAnswersSame() const {
  return std::ranges::all_of(answers, [](const GateResult& result) { return result.same(); });
}

std::string WriteRows(const Report& report) {
  std::vector<Cells> rows = {{"#", "what", "ours", "floor", "target", "verdict"}};
  for (const Row& row : report.rows) {
    rows.push_back({row.id, row.what, row.ours ? Show(*row.ours, row.unit) : "-", Bound(row.goal.floor, row),
                    Bound(row.goal.target, row), Verdict(row)});
  }
  return Table(rows);
}

std::string WriteMarkdown(const Report& report, const std::string& plot) {
  std::string text = fmt::format("# {}\n\n", report.title);
  for (const auto& [what, words] : report.facts) text += fmt::format("- {}: {}\n", what, words);
  text += fmt::format("\n{}\n", WriteRows(report));
  for (const Row& row : report.rows) {
    if (!row.note.empty()) text += fmt::format("- {}: {}{}\n", row.id, row.ours ? "" : "not measured: ", row.note);
  }
  text += "\n## Cost of an event by the number of rules (ns, best of the rounds)\n\n";
  if (!plot.empty()) text += fmt::format("![Cost of an event by the number of rules]({})\n\n", plot);
  text += Curve(report.curve);
  text += "\n## Stages\n";
  for (const auto& [stream, roofline] : report.stages) text += fmt::format("\n{}", Stages(stream, roofline));
  text += "\n## Answers\n\nAlerts with machine code and index against those of the interpreter without index.\n\n";
  return text + AnswersTable(report.answers);
}

}  // namespace eqlc::bench
