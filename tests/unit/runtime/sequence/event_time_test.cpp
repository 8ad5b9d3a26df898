#include "runtime/sequence/event_time.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/plan_builder.h"

namespace eqlc {
namespace {

TEST(EventTimeTest, IsTheTimestampWithinBounds) {
  EXPECT_EQ(BoundedTime(0), 0);
  EXPECT_EQ(BoundedTime(-5), -5);
  EXPECT_EQ(BoundedTime(INT64_MAX), kTimeBound);
  EXPECT_EQ(BoundedTime(INT64_MIN), -kTimeBound);
}

TEST(EventTimeTest, TimesBeyondTheBoundsAreTakenForThem) {
  for (const int64_t time : {INT64_MIN, INT64_MAX}) {
    for (const char* rule : {"A B C maxspan=10", "A B C", "A !D B C maxspan=10", "A B C !D maxspan=10"}) {
      testing::TestEngine engine(testing::ParseRule(rule));
      for (const char* letter : {"A", "B", "C"}) engine.Feed({letter, time, {}});
      engine.Finish();
      EXPECT_EQ(engine.matches().size(), 1u) << rule;
    }
  }
}

TEST(EventTimeTest, DifferencesBetweenTheBoundsDoNotOverflow) {
  testing::TestEngine engine(testing::ParseRule("A B C maxspan=10"));
  engine.Feed({"A", INT64_MIN, {}});
  engine.Feed({"B", INT64_MIN, {}});
  engine.Feed({"C", INT64_MAX, {}});
  EXPECT_EQ(engine.matches().size(), 0u);
}

}  // namespace
}  // namespace eqlc
