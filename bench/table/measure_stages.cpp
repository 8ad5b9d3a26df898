#include <fmt/format.h>

#include <algorithm>

#include "bench/table/measurements.h"

namespace eqlc::bench {
namespace {

const RooflineStep& StepOf(const Roofline& roofline, std::string_view name) {
  return *std::ranges::find(roofline.steps, name, &RooflineStep::name);
}

double ShareOfReference(const Roofline& roofline) {
  return StepOf(roofline, "reference walk").best_ns / StepOf(roofline, "whole run").best_ns;
}

double MatchToDecode(const Roofline& roofline) {
  const double decode = StepOf(roofline, "decode").best_ns;
  return (StepOf(roofline, "decode + match").best_ns - decode) / decode;
}

}  // namespace

void MeasureStages(const Workload& workload, Report& report) {
  double share = INFINITY, ratio = 0;
  std::string shares, ratios;
  for (const Stream& stream : workload.streams) {
    const Roofline roofline = MeasureRoofline(workload.rules.program, *stream.events, workload.rounds);
    share = std::min(share, ShareOfReference(roofline));
    ratio = std::max(ratio, MatchToDecode(roofline));
    shares += fmt::format("{} {:.2f}, ", stream.name, ShareOfReference(roofline));
    ratios += fmt::format("{} {:.2f}, ", stream.name, MatchToDecode(roofline));
    report.stages.emplace_back(stream.name, roofline);
    report.gates.push_back({"stages, " + stream.name, workload.rules.program, {stream.events}});
  }
  const std::string note = "the worst of the streams, best of the rounds each";
  report.rows.push_back(
      {"1", "events to alerts, share of simdjson's walk", Unit::kShare, {0.40, 0.75, true}, share, shares + note});
  report.rows.push_back({"2", "matching / own decoding", Unit::kShare, {1.0, 0.5, false}, ratio, ratios + note});
}

}  // namespace eqlc::bench
