// Rounds: steps measured in turn, round after round, so that a machine that is busy now and then slows them all alike.
// Only figures of one call compare. Processor time of the calling thread is what counts: it holds less of what others
// do on the machine than the clock on the wall.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace eqlc {

struct Step {
  std::string name;
  std::function<void()> run;
};

// Nanoseconds of one step, by round.
struct Timing {
  std::vector<double> ns;

  double best() const;
  double median() const;
};

// Processor time that the calling thread has had.
double ThreadNs();

// [step]. REQUIRES: rounds > 0.
std::vector<Timing> MeasureRounds(std::span<const Step> steps, int rounds);

}  // namespace eqlc
