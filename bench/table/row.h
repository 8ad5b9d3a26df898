// Row: one figure of the performance table, with what it must reach and what it should.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace eqlc::bench {

enum class Unit : uint8_t { kShare, kTimes, kPercent, kSeconds, kMillis, kMicros, kBytes, kMegabytes };

struct Goal {
  double floor;   // must
  double target;  // should
  bool more_is_better;
};

struct Row {
  std::string id;  // "4a"
  std::string what;
  Unit unit;
  Goal goal;
  std::optional<double> ours;  // none: not measured
  std::string note;            // what else was seen; of a row that was not measured: why
};

// "0.54", "1.8x", "37 %", "0.61 s".
std::string Show(double value, Unit unit);
// "target met", "floor met", "below floor", "not measured".
std::string Verdict(const Row& row);

// How much of a throughput is lost when an event costs `after` instead of `before`, in percent; not below 0.
double LossPercent(double before_ns, double after_ns);

}  // namespace eqlc::bench
