// Timestamps: every accepted form, refusals, units, and printing.
#include "runtime/value/timestamp.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace eqlc {
namespace {

using abi::Value;
using enum TimestampUnit;

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kNoon = 1'700'000'000 * kSecond;  // 2023-11-14T22:13:20Z

TEST(TimestampTest, Iso8601) {
  const std::pair<std::string_view, int64_t> cases[] = {
      {"1970-01-01", 0},
      {"1970-01-01T00:00", 0},
      {"1970-01-01T00:00:01Z", kSecond},
      {"1969-12-31T23:59:59.5Z", -kSecond / 2},
      {"2023-11-14T22:13:20Z", kNoon},
      {"2023-11-14t22:13:20z", kNoon},
      {"2023-11-14 22:13:20", kNoon},
      {"2023-11-14T22:13:20.1Z", kNoon + 100'000'000},
      {"2023-11-14T22:13:20,123Z", kNoon + 123'000'000},
      {"2023-11-14T22:13:20.123456Z", kNoon + 123'456'000},
      {"2023-11-14T22:13:20.123456789", kNoon + 123'456'789},
      {"2023-11-15T00:13:20+02:00", kNoon},
      {"2023-11-15T00:13:20+0200", kNoon},
      {"2023-11-15T00:13:20+02", kNoon},
      {"2023-11-14T16:43:20-05:30", kNoon},
      {"2024-02-29T00:00:00Z", 1'709'164'800 * kSecond},
      {"2016-12-31T23:59:60Z", 1'483'228'800 * kSecond},
      {"1677-09-21T00:12:43.145224192Z", INT64_MIN},
      {"2262-04-11T23:47:16.854775807Z", INT64_MAX},
      {"2023", 1'672'531'200 * kSecond},
      {"2023-11", 1'698'796'800 * kSecond},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(ParseTimestamp(abi::String(text), kAuto), expected) << text;
}

TEST(TimestampTest, Refusals) {
  for (const std::string_view text : {"",
                                      "now",
                                      "2023-",
                                      "2023-1",
                                      "2023-1-1",
                                      "2023-13-01",
                                      "2023-00-01",
                                      "2023-02-29",
                                      "2023-11-31",
                                      "23-11-14",
                                      "2023-11-14T",
                                      "2023-11-14T22",
                                      "2023-11-14T22:",
                                      "2023-11-14T24:00:00",
                                      "2023-11-14T22:60:00",
                                      "2023-11-14T22:13:61",
                                      "2023-11-14T22:13:20.",
                                      "2023-11-14T22:13:20.1234567890",
                                      "2023-11-14T22:13:20ZZ",
                                      "2023-11-14T22:13:20+",
                                      "2023-11-14T22:13:20+2",
                                      "2023-11-14T22:13:20+02:",
                                      "2023-11-14T22:13:20+02:60",
                                      "2023-11-14T22:13:20 UTC",
                                      "2023-11-14X22:13:20",
                                      " 2023-11-14"}) {
    EXPECT_FALSE(ParseTimestamp(abi::String(text), kAuto).has_value()) << text;
  }
  for (const Value& value :
       {abi::Null(), abi::Bool(true), abi::Double(NAN), abi::Double(INFINITY), abi::Double(1e300)}) {
    EXPECT_FALSE(ParseTimestamp(value, kAuto).has_value());
  }
}

// Such an event has a time, and so takes part in sequences.
TEST(TimestampTest, BeyondTheRangeIsItsEnd) {
  for (const std::string_view text : {"2262-04-11T23:47:16.854775808Z", "2263", "9999-12-31"}) {
    EXPECT_EQ(ParseTimestamp(abi::String(text), kAuto), INT64_MAX) << text;
  }
  for (const std::string_view text : {"1677-09-21T00:12:43.145224191Z", "1601-01-01T00:00:00Z", "0000-01-01"}) {
    EXPECT_EQ(ParseTimestamp(abi::String(text), kAuto), INT64_MIN) << text;
  }
  EXPECT_EQ(ParseTimestamp(abi::Uint(UINT64_MAX), kAuto), INT64_MAX);
  EXPECT_EQ(ParseTimestamp(abi::Int(99'999'999'999), kAuto), INT64_MAX);  // seconds, of the year 5138
  EXPECT_EQ(ParseTimestamp(abi::Int(INT64_MAX), kSeconds), INT64_MAX);
  EXPECT_EQ(ParseTimestamp(abi::Int(INT64_MIN), kFiletime), INT64_MIN);
  EXPECT_EQ(ParseTimestamp(abi::Int(0), kFiletime), INT64_MIN);
}

TEST(TimestampTest, InstantsOfMillisHaveNoBound) {
  EXPECT_EQ(InstantOfMillis(253'402'214'400'000.5), (Instant{253'402'214'400, 500'000}));
  EXPECT_EQ(InstantOfMillis(-0.5), (Instant{-1, 999'500'000}));
  EXPECT_EQ(InstantOfMillis(-11'644'473'600'000.0), (Instant{-11'644'473'600, 0}));
  EXPECT_EQ(InstantOfMillis(1e300), std::nullopt);
  EXPECT_EQ(InstantOfMillis(NAN), std::nullopt);
}

TEST(TimestampTest, NumbersInAUnit) {
  const struct {
    Value value;
    TimestampUnit unit;
    int64_t expected;
  } cases[] = {
      {abi::Int(1'700'000'000), kAuto, kNoon},
      {abi::Int(1'700'000'000'000), kAuto, kNoon},
      {abi::Int(1'700'000'000'000'000), kAuto, kNoon},
      {abi::Int(kNoon), kAuto, kNoon},
      {abi::Int(133'444'736'000'000'000), kAuto, kNoon},
      {abi::Int(2023), kAuto, 2023 * kSecond},
      {abi::Int(-1), kAuto, -kSecond},
      {abi::Int(5), kSeconds, 5 * kSecond},
      {abi::Int(5), kMillis, 5'000'000},
      {abi::Int(5), kMicros, 5'000},
      {abi::Int(5), kNanos, 5},
      {abi::Int(116'444'736'000'000'000), kFiletime, 0},
      {abi::Double(1'700'000'000.123), kAuto, kNoon + 123'000'000},
      {abi::Double(1'700'000'000'000.5), kAuto, kNoon + 500'000},
      {abi::Double(-1.5), kSeconds, -1'500'000'000},
      {abi::Double(0.25), kMillis, 250'000},
      {abi::Double(1e-300), kSeconds, 0},
      {abi::String("1700000000"), kAuto, kNoon},
      {abi::String("1700000000.123"), kAuto, kNoon + 123'000'000},
      {abi::String("1.7e9"), kAuto, kNoon},
      {abi::String("5"), kMillis, 5'000'000},
      {abi::String("2023"), kMillis, 2023 * 1'000'000},
      {abi::String("12345"), kAuto, 12'345 * kSecond},
      {abi::String("1234.5"), kAuto, 1234 * kSecond + kSecond / 2},
      {abi::String("2023-11-14T22:13:20Z"), kMillis, kNoon},
  };
  for (size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_EQ(ParseTimestamp(cases[i].value, cases[i].unit), cases[i].expected) << "row " << i;
  }
}

TEST(TimestampTest, Formats) {
  const std::pair<int64_t, std::string_view> cases[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {kNoon + 123'000'000, "2023-11-14T22:13:20.123Z"},
      {kNoon + 123'456'000, "2023-11-14T22:13:20.123456Z"},
      {kNoon + 1, "2023-11-14T22:13:20.000000001Z"},
      {-1, "1969-12-31T23:59:59.999999999Z"},
      {INT64_MIN, "1677-09-21T00:12:43.145224192Z"},
      {INT64_MAX, "2262-04-11T23:47:16.854775807Z"},
  };
  for (const auto& [nanoseconds, text] : cases) EXPECT_EQ(FormatTimestamp(nanoseconds), text);
}

TEST(TimestampTest, WhatIsPrintedParsesBack) {
  std::mt19937_64 random(17);
  for (int round = 0; round < 2000; ++round) {
    const auto nanoseconds = static_cast<int64_t>(random());
    const std::string text = FormatTimestamp(nanoseconds);
    ASSERT_EQ(ParseTimestamp(abi::String(text), kAuto), nanoseconds) << text;
  }
}

}  // namespace
}  // namespace eqlc
