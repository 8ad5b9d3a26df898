#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "bench/table/answers.h"
#include "bench/table/measurements.h"
#include "runtime/measure/rounds.h"

namespace eqlc::bench {
namespace {

struct Percentiles {
  double p50, p99, p999, longest;  // microseconds
};

// Each event's time is the shortest of the passes: what a session does for it comes back in each, what the machine does
// beside it does not.
Percentiles MeasureEvents(const std::shared_ptr<const Program>& program, const EventLines& events, int passes) {
  std::vector<double> shortest(events.size(), INFINITY);
  for (int pass = 0; pass < passes; ++pass) {
    AnswerSink sink;
    Session session(program, sink);
    for (size_t i = 0; i < events.size(); ++i) {
      const double start = ThreadNs();
      (void)session.Push(events[i]).ok();
      shortest[i] = std::min(shortest[i], ThreadNs() - start);
    }
  }
  std::ranges::sort(shortest);
  const auto at = [&](double share) {
    return 1e-3 *
           shortest[std::min(shortest.size() - 1, static_cast<size_t>(share * static_cast<double>(shortest.size())))];
  };
  return {at(0.5), at(0.99), at(0.999), at(1)};
}

}  // namespace

void MeasureLatency(const Workload& workload, Report& report) {
  double ratio = 0, p999 = 0;
  std::string note;
  for (const Stream& stream : workload.streams) {
    const Percentiles p = MeasureEvents(workload.rules.program, *stream.events, workload.rounds);
    ratio = std::max(ratio, p.p99 / p.p50);
    p999 = std::max(p999, p.p999);
    note += fmt::format("{}: p50 {:.1f}, p99 {:.1f}, p99.9 {:.1f}, longest {:.0f} us; ", stream.name, p.p50, p.p99,
                        p.p999, p.longest);
  }
  note += "processor time, a clock call of about 0.3 us included; the worst of the streams";
  report.rows.push_back({"12a", "one event at a time, p99 / p50", Unit::kTimes, {10, 5, false}, ratio, note});
  report.rows.push_back({"12b", "one event at a time, p99.9", Unit::kMicros, {200, 50, false}, p999, ""});
}

}  // namespace eqlc::bench
