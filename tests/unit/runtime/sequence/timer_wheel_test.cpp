#include "runtime/sequence/timer_wheel.h"

#include <gtest/gtest.h>

#include <deque>
#include <vector>

namespace eqlc {
namespace {

abi::KeyState Unarmed() {
  abi::KeyState state{};
  state.timer_ns = abi::kNoTime;
  return state;
}

std::vector<abi::KeyState*> TakeAllDue(TimerWheel& wheel) {
  std::vector<abi::KeyState*> due;
  while (abi::KeyState* state = wheel.TakeDue()) due.push_back(state);
  return due;
}

TEST(TimerWheelTest, NothingComesEarlyAndNothingMoreThanABucketLate) {
  for (const int64_t maxspan : {int64_t{0}, int64_t{1}, int64_t{100}, int64_t{3'600'000'000'000}}) {
    for (const int64_t start : {int64_t{-1'000}, int64_t{0}, int64_t{1'700'000'000'000'000'000}}) {
      const int64_t step = maxspan / 200 + 1;
      const int64_t width = maxspan / 62 + 1;
      TimerWheel wheel(maxspan);
      std::deque<abi::KeyState> states;
      for (int64_t clock = start; clock < start + 1000 * step; clock += step) {
        wheel.Advance(clock);
        for (abi::KeyState& state : states) {
          if (state.timer_ns != abi::kNoTime && state.timer_ns < clock - width) {
            EXPECT_EQ(wheel.NextDue(), INT64_MIN);
          }
        }
        while (abi::KeyState* state = wheel.TakeDue()) EXPECT_EQ(state->timer_ns, abi::kNoTime);
        for (const abi::KeyState& state : states) {
          EXPECT_TRUE(state.timer_ns == abi::kNoTime || state.timer_ns >= clock - width);
        }
        wheel.Arm(&states.emplace_back(Unarmed()), clock + maxspan);
        EXPECT_LE(wheel.NextDue(), clock + maxspan + width);
      }
      wheel.Advance(start + 1000 * step + maxspan + width + 1);
      TakeAllDue(wheel);
      EXPECT_EQ(wheel.size(), 0u);
      EXPECT_EQ(wheel.NextDue(), INT64_MAX);
    }
  }
}

TEST(TimerWheelTest, DueOnlyBehindTheClock) {
  TimerWheel wheel(10);
  abi::KeyState state = Unarmed();
  wheel.Advance(100);
  wheel.Arm(&state, 110);
  wheel.Advance(110);
  EXPECT_EQ(wheel.TakeDue(), nullptr);
  EXPECT_EQ(wheel.NextDue(), 111);
  wheel.Advance(111);
  EXPECT_EQ(wheel.NextDue(), INT64_MIN);
  EXPECT_EQ(wheel.TakeDue(), &state);
  EXPECT_EQ(wheel.TakeDue(), nullptr);
}

TEST(TimerWheelTest, DisarmAndRearm) {
  TimerWheel wheel(10);
  abi::KeyState a = Unarmed();
  abi::KeyState b = Unarmed();
  wheel.Arm(&a, 5);
  wheel.Arm(&b, 6);
  wheel.Arm(&a, 9);
  EXPECT_EQ(wheel.size(), 2u);
  wheel.Disarm(&b);
  wheel.Disarm(&b);
  wheel.Advance(9);
  EXPECT_EQ(wheel.TakeDue(), nullptr);
  wheel.Advance(10);
  wheel.Disarm(&a);
  EXPECT_EQ(wheel.TakeDue(), nullptr) << "due, but disarmed before it was taken";
  EXPECT_EQ(wheel.size(), 0u);
}

TEST(TimerWheelTest, EarliestFirstAcrossDueAndBuckets) {
  TimerWheel wheel(1000);
  abi::KeyState states[3] = {Unarmed(), Unarmed(), Unarmed()};
  wheel.Arm(&states[2], 900);
  wheel.Arm(&states[0], 10);
  wheel.Arm(&states[1], 500);
  wheel.Advance(100);
  for (abi::KeyState& state : states) EXPECT_EQ(wheel.TakeEarliest(), &state);
  EXPECT_EQ(wheel.TakeEarliest(), nullptr);
}

TEST(TimerWheelTest, FarFutureAndClockJumps) {
  TimerWheel wheel(10);
  abi::KeyState far = Unarmed();
  abi::KeyState near = Unarmed();
  wheel.Arm(&far, INT64_MAX);
  wheel.Arm(&near, 10);
  wheel.Advance(int64_t{1} << 62);
  EXPECT_EQ(TakeAllDue(wheel).size(), 2u) << "a timer beyond the last bucket counts as in it";
  wheel.Arm(&near, (int64_t{1} << 62) + 10);
  EXPECT_GT(wheel.NextDue(), int64_t{1} << 62);
  EXPECT_EQ(wheel.TakeEarliest(), &near);
}

}  // namespace
}  // namespace eqlc
