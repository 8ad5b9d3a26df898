#include "runtime/value/date.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/value/timestamp.h"

namespace eqlc {
namespace {

std::string Show(Instant i) { return FormatTimestamp(i.seconds * 1'000'000'000 + i.nanos); }

std::string Parse(std::string_view text, std::string_view formats = kDefaultDateFormats) {
  const auto span = ParseDate(text, formats);
  if (!span) return "none";
  return span->first == span->last ? Show(span->first) : Show(span->first) + ".." + Show(span->last);
}

TEST(DateTest, DefaultFormats) {
  EXPECT_EQ(Parse("2026-01-02T03:04:05.006Z"), "2026-01-02T03:04:05.006Z");
  EXPECT_EQ(Parse("1767323045006"), "2026-01-02T03:04:05.006Z..2026-01-02T03:04:05.006999999Z");
  EXPECT_EQ(Parse("1767323045006.25"), "2026-01-02T03:04:05.006250Z");
  EXPECT_EQ(Parse("-1.5"), "1969-12-31T23:59:59.998500Z");
  EXPECT_EQ(Parse("2026"), "2026-01-01T00:00:00.000Z..2026-01-01T23:59:59.999999999Z") << "a year, not milliseconds";
  for (const char* text : {"", "-", "1.", ".5", "1.5.", "1e3", "123456789012345678", "x"})
    EXPECT_EQ(Parse(text), "none");
}

TEST(DateTest, Patterns) {
  EXPECT_EQ(Parse("17-12-2022", "dd-MM-yyyy"), "2022-12-17T00:00:00.000Z..2022-12-17T23:59:59.999999999Z");
  EXPECT_EQ(Parse("2022-12-17", "dd-MM-yyyy||yyyy-MM-dd"), "2022-12-17T00:00:00.000Z..2022-12-17T23:59:59.999999999Z");
  EXPECT_EQ(Parse("2022/1/7 08:09:10.120+0130", "yyyy/M/d HH:mm:ss.SSSX"), "2022-01-07T06:39:10.120Z");
  EXPECT_EQ(Parse("20221217", "basic_date"), "2022-12-17T00:00:00.000Z..2022-12-17T23:59:59.999999999Z");
  EXPECT_EQ(Parse("2022T10", "yyyy'T'HH"), "2022-01-01T10:00:00.000Z..2022-01-01T10:59:59.999999999Z");
  EXPECT_EQ(Parse("5", "epoch_second"), "1970-01-01T00:00:05.000Z..1970-01-01T00:00:05.999999999Z");
  for (const char* text : {"32-01-2022", "1-01-2022", "01-01-22", "01-01-2022x"}) {
    EXPECT_EQ(Parse(text, "dd-MM-yyyy"), "none") << text;
  }
}

TEST(DateTest, WhichFormatsThereAre) {
  for (const char* formats : {"strict_date_optional_time||epoch_millis", "dd-MM-yyyy", "yyyy-MM-dd'T'HH:mm:ss.SSSZ"}) {
    EXPECT_TRUE(AreDateFormats(formats)) << formats;
  }
  for (const char* formats : {"", "||", "week_date", "EEE MMM dd", "yyyy'", "epoch_millis||QQ", "SSSSSSSSSS"}) {
    EXPECT_FALSE(AreDateFormats(formats)) << formats;
  }
}

TEST(DateTest, ValuesOfEvents) {
  const auto millis = [](const abi::Value& value, std::string_view formats = kDefaultDateFormats) {
    const auto instant = DateOf(value, formats);
    return instant ? CountOf(*instant, DateUnit::kMillis).payload.i64 : -999;
  };
  EXPECT_EQ(millis(abi::Int(1500)), 1500);
  EXPECT_EQ(millis(abi::Int(-1)), -1);
  EXPECT_EQ(millis(abi::Double(1500.25)), 1500);
  EXPECT_EQ(millis(abi::Int(2026)), 2026) << "a year is a text";
  EXPECT_EQ(millis(abi::Int(2), "epoch_second"), 2000);
  EXPECT_EQ(millis(abi::Int(19700102), "basic_date"), 86400000);
  EXPECT_EQ(millis(abi::Int(5), "dd-MM-yyyy"), 5);
  EXPECT_EQ(millis(abi::String("1970-01-01T00:00:01.9999Z")), 1999);
  EXPECT_EQ(millis(abi::String("9999-12-31T23:59:59Z")), 253402300799000);
  EXPECT_EQ(millis(abi::Bool(true)), -999);
  EXPECT_EQ(millis(abi::String("soon")), -999);
}

TEST(DateTest, NanosecondsReachFewerYears) {
  EXPECT_TRUE(CountOf({253402300799, 0}, DateUnit::kNanos).is_null());
  EXPECT_EQ(CountOf({1, 5}, DateUnit::kNanos).payload.i64, 1'000'000'005);
}

}  // namespace
}  // namespace eqlc
