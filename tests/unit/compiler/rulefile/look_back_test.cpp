#include "compiler/rulefile/look_back.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(LookBackTest, CountAndUnit) {
  constexpr int64_t kSecond = 1'000'000'000;
  EXPECT_EQ(ParseLookBack("now-30s"), 30 * kSecond);
  EXPECT_EQ(ParseLookBack("now-6m"), kDefaultLookBackNs);
  EXPECT_EQ(ParseLookBack("now-119m"), 119 * 60 * kSecond);
  EXPECT_EQ(ParseLookBack("now-24h"), ParseLookBack("now-1d"));
  EXPECT_EQ(ParseLookBack("now-7d"), ParseLookBack("now-1w"));
}

TEST(LookBackTest, NothingElse) {
  for (const char* from : {"", "now", "now-", "now-m", "now-5", "now-5x", "now-5m/m", "now-0s", "now--5m", "now-5mm",
                           "2026-01-01", "now-99999999999999999999d", "now-9223372036854775807w", "now-200000w"}) {
    EXPECT_EQ(ParseLookBack(from), std::nullopt) << from;
  }
}

TEST(LookBackTest, DateMath) {
  for (const char* from : {"now", "now-9m", "now-1h-30m", "now-5m/m", "now/d", "now+1y", "now-2w", "now-1M"}) {
    EXPECT_TRUE(IsDateMath(from)) << from;
  }
  for (const char* from :
       {"", "bogus", "now-9x", "now-m", "now-", "now/", "now 9m", "now-9 m", "2026-01-01", "nowhere"}) {
    EXPECT_FALSE(IsDateMath(from)) << from;
  }
}

TEST(LookBackTest, Intervals) {
  for (const char* interval : {"5m", "60s", "24h", "1d"}) EXPECT_TRUE(IsInterval(interval)) << interval;
  for (const char* interval : {"", "5", "m", "5x", "5w", "5m ", "-5m", "5.5m", "5mm"}) {
    EXPECT_FALSE(IsInterval(interval)) << interval;
  }
}

}  // namespace
}  // namespace eqlc
