#include "runtime/session/stream_clock.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

constexpr int64_t kSecond = 1'000'000'000, kHour = 3600 * kSecond, kStart = 500'000 * kHour;

TEST(StreamClock, IsAtTheNewestEvent) {
  StreamClock clock;
  EXPECT_EQ(clock.now_ns(), INT64_MIN);
  for (const int64_t time : {5, 7, 6}) clock.Observe(kStart + time);
  EXPECT_EQ(clock.now_ns(), kStart + 7);
  clock.Observe(kStart + kHour);
  EXPECT_EQ(clock.now_ns(), kStart + kHour);
}

TEST(StreamClock, PassesOverTheEventsOfAMachineWhoseClockIsWrong) {
  StreamClock clock;
  for (int64_t i = 0; i < 100; ++i) {
    clock.Observe(kStart + i * kSecond);
    if (i % 2 == 1) clock.Observe(kStart + 10'000 * kHour);
    if (i % 5 == 1) clock.Observe(INT64_MIN + i);
    if (i % 5 == 2) clock.Observe(INT64_MAX - i);
    EXPECT_EQ(clock.now_ns(), kStart + i * kSecond);
  }
}

TEST(StreamClock, GoesWithTheStream) {
  for (const int64_t there : {kStart + 9 * kHour, kStart - 9 * kHour}) {
    StreamClock clock;
    for (int64_t i = 0; i < 20; ++i) clock.Observe(kStart + i);
    for (int64_t i = 0; i < 4; ++i) clock.Observe(there + i);
    EXPECT_EQ(clock.now_ns(), kStart + 19) << "half of the last events";
    for (int64_t i = 4; i < 10; ++i) clock.Observe(there + i);
    EXPECT_EQ(clock.now_ns(), there + 9);
  }
}

TEST(StreamClock, LeavesAFirstEventThatWasWrong) {
  StreamClock clock;
  clock.Observe(kStart + 10'000 * kHour);
  for (int64_t i = 0; i < 5; ++i) clock.Observe(kStart + i);
  EXPECT_LE(clock.now_ns(), kStart + 5);
}

TEST(StreamClock, GoesOnWithoutEvents) {
  StreamClock clock;
  clock.Observe(kStart);
  clock.AdvanceTo(kStart + 5 * kHour);
  clock.AdvanceTo(kStart + 3 * kHour);
  EXPECT_EQ(clock.now_ns(), kStart + 5 * kHour);
}

}  // namespace
}  // namespace eqlc
