#include "bench/table/row.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace eqlc::bench {
namespace {

// Three digits that count, no more.
std::string Short(double value) {
  const double size = std::abs(value);
  if (size >= 1e6 || size == 0) return fmt::format("{:.0f}", value);
  if (size >= 100) return fmt::format("{:.0f}", value);
  if (size >= 10) return fmt::format("{:.1f}", value);
  if (size >= 0.01) return fmt::format("{:.2f}", value);
  return fmt::format("{:.1g}", value);
}

bool Reaches(double value, double bound, bool more_is_better) {
  return more_is_better ? value >= bound : value <= bound;
}

}  // namespace

std::string Show(double value, Unit unit) {
  switch (unit) {
    case Unit::kShare:
      return Short(value);
    case Unit::kTimes:
      return Short(value) + "x";
    case Unit::kPercent:
      return Short(value) + " %";
    case Unit::kSeconds:
      return Short(value) + " s";
    case Unit::kMillis:
      return Short(value) + " ms";
    case Unit::kMicros:
      return Short(value) + " us";
    case Unit::kBytes:
      return fmt::format("{:.0f} B", value);
    case Unit::kMegabytes:
      return fmt::format("{:.0f} MB", value);
  }
  return {};
}

std::string Verdict(const Row& row) {
  if (!row.ours) return "not measured";
  if (Reaches(*row.ours, row.goal.target, row.goal.more_is_better)) return "target met";
  if (Reaches(*row.ours, row.goal.floor, row.goal.more_is_better)) return "floor met";
  return "below floor";
}

double LossPercent(double before_ns, double after_ns) { return std::max(0.0, 100 * (1 - before_ns / after_ns)); }

}  // namespace eqlc::bench
