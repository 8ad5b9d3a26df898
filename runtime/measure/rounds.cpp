#include "runtime/measure/rounds.h"

#include <time.h>

#include <algorithm>

namespace eqlc {

double Timing::best() const { return *std::ranges::min_element(ns); }

double Timing::median() const {
  std::vector<double> sorted = ns;
  std::ranges::sort(sorted);
  return sorted[sorted.size() / 2];
}

double ThreadNs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

std::vector<Timing> MeasureRounds(std::span<const Step> steps, int rounds) {
  std::vector<Timing> timings(steps.size());
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < steps.size(); ++i) {
      const double start = ThreadNs();
      steps[i].run();
      timings[i].ns.push_back(ThreadNs() - start);
    }
  }
  return timings;
}

}  // namespace eqlc
