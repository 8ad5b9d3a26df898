// Takes the time between its calls.
#pragma once

#include <chrono>
#include <vector>

#include "eqlc/compile.hpp"

namespace eqlc {

class Stopwatch {
 public:
  void Lap(const char* name, std::vector<CompilePhase>& phases) {
    const auto now = std::chrono::steady_clock::now();
    phases.push_back({name, std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace eqlc
