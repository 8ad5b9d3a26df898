// TimerWheel: which keys of a rule have partials to be looked at for expiry. All timers of a rule lie within one
// maxspan, so one level of 64 buckets covers them, each 1/62 of maxspan wide, and nothing ever cascades. A key comes
// due up to one bucket's width late; exactness is not the wheel's business (state.h).
//
//   bucket of time t: floor(t / width) mod 64        due: everything before the clock's bucket
//
// Tested by tests/unit/runtime/sequence/timer_wheel_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "runtime/keys/key_queue.h"

namespace eqlc {

// Owns nothing. Thread-safety: none.
class TimerWheel {
 public:
  // REQUIRES: maxspan_ns >= 0.
  explicit TimerWheel(int64_t maxspan_ns) : width_(maxspan_ns / 62 + 1) {}

  // Puts `state` in, to come due after `time`; takes it out of where it was. Later than 63 widths counts as then.
  void Arm(abi::KeyState* state, int64_t time);
  void Disarm(abi::KeyState* state);
  // Moves what is due before `clock` to the due queue, in constant time.
  void Advance(int64_t clock);
  // Takes the next due state out and disarms it; null when there is none.
  abi::KeyState* TakeDue();
  // Takes out the state that comes due next, now or later; null when the wheel is empty.
  abi::KeyState* TakeEarliest();

  size_t size() const { return size_; }
  // The earliest time for which Advance finds something, or a little before; INT64_MAX when empty, INT64_MIN when
  // something is due.
  int64_t NextDue() const;

 private:
  static constexpr int64_t kBuckets = 64;

  struct Buckets {
    std::array<KeyQueue, kBuckets> queues;
  };

  int64_t Tick(int64_t time) const;
  KeyQueue& Bucket(int64_t tick) const { return buckets_->queues[static_cast<uint64_t>(tick) % kBuckets]; }

  int64_t width_;
  int64_t now_ = 0;  // tick of the clock
  size_t size_ = 0;
  std::unique_ptr<Buckets> buckets_;  // made with the first timer: most rules of a ruleset never have one
  KeyQueue due_;
};

}  // namespace eqlc
