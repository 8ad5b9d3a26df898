// Progress line on a terminal: how far, how fast, how many alerts.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>

#include "eqlc/session.hpp"

namespace eqlc::cli {

// Draws on stderr, only when that is a terminal, at most ten times a second.
class Progress {
 public:
  // `total_bytes` 0: unknown.
  explicit Progress(uint64_t total_bytes);
  ~Progress() { Clear(); }

  // Cheap beside a chunk of events.
  void Update(const SessionStats& stats, uint64_t bytes_read);
  // Removes the line, before something else is printed.
  void Clear();

  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  const bool enabled_;
  const uint64_t total_bytes_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_;
  bool drawn_ = false;
};

}  // namespace eqlc::cli
