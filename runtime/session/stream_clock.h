// StreamClock: how late it is in a stream, by the times of its events: that of the newest, as long as they are near
// each other. A few events far from the others are of machines whose clocks are wrong, and change nothing; when most of
// the last ones are far, either way, the stream itself is somewhere else: nothing happened for long, or another
// recording has begun. Tested by tests/unit/runtime/session/stream_clock_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace eqlc {

// Nanoseconds since the epoch. Thread-safety: none.
class StreamClock {
 public:
  // The next event has this time.
  void Observe(int64_t timestamp_ns);
  // It is at least this late, though no event says so.
  void AdvanceTo(int64_t timestamp_ns);
  // INT64_MIN before the first event.
  int64_t now_ns() const { return now_ns_; }

 private:
  static constexpr int64_t kFarNs = 3'600'000'000'000;  // an hour: no agent holds events back for as long
  static constexpr size_t kRecent = 8;

  // The middle one of the recent times that are far from now on this event's side, if they are the most.
  void MoveFar(int64_t timestamp_ns);

  std::array<int64_t, kRecent> recent_{};  // of the last events
  size_t events_ = 0;
  int64_t now_ns_ = INT64_MIN;
};

}  // namespace eqlc
