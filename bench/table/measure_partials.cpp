#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "bench/table/child.h"
#include "bench/table/measurements.h"
#include "bench/table/partial_stream.h"
#include "bench/table/steady_run.h"
#include "runtime/measure/rounds.h"

namespace eqlc::bench {
namespace {

constexpr size_t kFewPartials = 1'000;
constexpr size_t kStateBytes = size_t{4} << 30;  // no eviction
constexpr int64_t kBeyondMaxspanMs = int64_t{11} * 60 * 60 * 1'000;

SessionOptions Roomy() {
  SessionOptions options;
  options.max_state_bytes = kStateBytes;
  return options;
}

// A session with so many open partials, and segments that leave the number as it is. The first one opens them.
struct Crowd {
  Crowd(std::shared_ptr<const Program> program, size_t partials, const Workload& workload) {
    PartialStream stream;
    EventLines opening;
    for (size_t i = 0; i < partials; ++i) opening.Append(stream.Open());
    segments.push_back(Share(std::move(opening)));
    for (int i = 0; i <= workload.rounds; ++i) segments.push_back(Share(stream.Segment(workload.segment_events)));
    run = std::make_unique<SteadyRun>(std::move(program), segments, Roomy());
    run->PushNext();
    run->PushNext();  // partitions are made
  }

  std::vector<std::shared_ptr<const EventLines>> segments;
  std::unique_ptr<SteadyRun> run;
};

void MeasureThroughput(const Workload& workload, Report& report) {
  std::vector<RuleText> texts = workload.rules.texts;
  texts.push_back(PartialStream::Rule());
  const RuleSet rules = CompileSet(std::move(texts));
  Crowd few(rules.program, kFewPartials, workload);
  Crowd many(rules.program, workload.partials, workload);
  const std::vector<Step> steps = {{"few", [&] { few.run->PushNext(); }}, {"many", [&] { many.run->PushNext(); }}};
  const std::vector<Timing> timings = MeasureRounds(steps, workload.rounds);
  const auto events = static_cast<double>(workload.segment_events);
  report.rows.push_back(
      {"8b",
       "throughput lost by open partials, 1,000 -> 1,000,000",
       Unit::kPercent,
       {30, 15, false},
       LossPercent(timings[0].best(), timings[1].best()),
       fmt::format(
           "all rules and the one of the partials, one event in five opens or completes one; {:.0f} -> {:.0f} ns "
           "an event; median of the rounds {:.0f} %; {} open at the end",
           timings[0].best() / events, timings[1].best() / events,
           LossPercent(timings[0].median(), timings[1].median()), many.run->stats().open_partials)});
  report.gates.push_back({"open partials, few", rules.program, few.segments, kStateBytes});
  report.gates.push_back({"open partials, many", rules.program, many.segments, kStateBytes});
}

// The time that each Push of a session takes: the shortest of the rounds, since what a session does comes back in each,
// and what the machine does beside it does not.
class PushTimes {
 public:
  void StartRound() { next_ = 0; }
  void Push(Session& session, std::string_view event) {
    const double start = ThreadNs();
    (void)session.Push(event).ok();
    const double ns = ThreadNs() - start;
    if (next_ == shortest_.size()) shortest_.push_back(ns);
    shortest_[next_] = std::min(shortest_[next_], ns);
    ++next_;
  }
  size_t count() const { return shortest_.size(); }
  double Longest() const { return *std::ranges::max_element(shortest_); }

 private:
  std::vector<double> shortest_;
  size_t next_ = 0;
};

// All partials open within a moment; then time jumps, and event follows event until none is left.
struct Expiry {
  PushTimes opening;
  PushTimes expiring;

  void Round(const std::shared_ptr<const Program>& program, size_t partials) {
    AnswerSink sink;
    Session session(program, sink, Roomy());
    PartialStream stream;
    opening.StartRound();
    for (size_t i = 0; i < partials; ++i) opening.Push(session, stream.Open());
    stream.Wait(kBeyondMaxspanMs);
    expiring.StartRound();
    for (size_t i = 0; i < partials && session.stats().open_partials > 0; ++i) expiring.Push(session, stream.Other());
  }
};

void MeasureStall(const Workload& workload, Report& report) {
  const RuleSet rules = CompileSet({PartialStream::Rule()});
  Expiry expiry;
  for (int round = 0; round < std::min(workload.rounds, 3); ++round) {
    expiry.Round(rules.program, workload.partials);
  }
  report.rows.push_back(
      {"9",
       "longest stall while 1,000,000 partials expire at once",
       Unit::kMillis,
       {1, 0.1, false},
       1e-6 * expiry.expiring.Longest(),
       fmt::format("processor time of the longest Push, each by the best of the rounds; they are gone after {} "
                   "events; the longest while they open: {:.2f} ms",
                   expiry.expiring.count(), 1e-6 * expiry.opening.Longest())});
}

void MeasureBytes(const Workload& workload, Report& report) {
  Row row{"8a", "bytes of an open partial of two steps", Unit::kBytes, {256, 128, false}, {}, ""};
  Child child({"/proc/self/exe", "--open-partials", fmt::format("{}", workload.partials)});
  const ChildFigures figures = child.ReadFigures();
  const auto partials = figures.find("partials");
  if (partials == figures.end() || partials->second == 0) {
    row.note = "the process that opens them failed";
  } else {
    const double text = figures.at("text_bytes") / partials->second;
    const double resident = figures.at("resident_bytes") / partials->second;
    row.ours = resident - text;
    row.note = fmt::format(
        "resident memory over {:.0f} partials, without the {:.0f} bytes of event text that each "
        "keeps; accounted: {:.0f} bytes with the text",
        partials->second, text, figures.at("state_bytes") / partials->second);
  }
  report.rows.push_back(row);
}

}  // namespace

void MeasurePartials(const Workload& workload, Report& report) {
  MeasureBytes(workload, report);
  MeasureThroughput(workload, report);
  MeasureStall(workload, report);
}

}  // namespace eqlc::bench
