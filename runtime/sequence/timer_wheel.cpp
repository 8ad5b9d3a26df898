#include "runtime/sequence/timer_wheel.h"

#include <algorithm>

namespace eqlc {

using abi::KeyState;

int64_t TimerWheel::Tick(int64_t time) const { return time / width_ - (time % width_ < 0 ? 1 : 0); }

void TimerWheel::Arm(KeyState* state, int64_t time) {
  Disarm(state);
  if (buckets_ == nullptr) buckets_ = std::make_unique<Buckets>();
  state->timer_ns = time;
  Bucket(std::clamp(Tick(time), now_, now_ + kBuckets - 1)).PushBack(state);
  ++size_;
}

void TimerWheel::Disarm(KeyState* state) {
  if (state->timer_ns == abi::kNoTime) return;
  KeyQueue::Remove(state);
  state->timer_ns = abi::kNoTime;
  --size_;
}

void TimerWheel::Advance(int64_t clock) {
  const int64_t tick = Tick(clock);
  if (size_ > 0) {
    const int64_t end = std::min(tick, now_ + kBuckets);
    for (int64_t t = now_; t < end; ++t) due_.Splice(Bucket(t));
  }
  now_ = tick;
}

KeyState* TimerWheel::TakeDue() {
  if (due_.empty()) return nullptr;
  KeyState* const state = due_.front();
  Disarm(state);
  return state;
}

KeyState* TimerWheel::TakeEarliest() {
  if (KeyState* const due = TakeDue()) return due;
  if (size_ == 0) return nullptr;
  for (int64_t t = now_; t < now_ + kBuckets; ++t) {
    if (Bucket(t).empty()) continue;
    KeyState* const state = Bucket(t).front();
    Disarm(state);
    return state;
  }
  return nullptr;
}

int64_t TimerWheel::NextDue() const {
  if (size_ == 0) return INT64_MAX;
  if (!due_.empty()) return INT64_MIN;
  return (now_ + 1) > INT64_MAX / width_ ? INT64_MAX : (now_ + 1) * width_;
}

}  // namespace eqlc
