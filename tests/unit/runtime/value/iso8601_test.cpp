#include "runtime/value/iso8601.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace eqlc {
namespace {

std::string Show(std::string_view text) {
  const auto span = ParseIso8601(text);
  if (!span) return "none";
  const auto one = [](Instant i) { return std::to_string(i.seconds) + "." + std::to_string(i.nanos); };
  return span->first == span->last ? one(span->first) : one(span->first) + ".." + one(span->last);
}

TEST(Iso8601Test, WholeTexts) {
  EXPECT_EQ(Show("1970-01-01T00:00:00.000Z"), "0.0");
  EXPECT_EQ(Show("1970-01-02T01:02:03.5+01:00"), "86523.500000000");
  EXPECT_EQ(Show("1970-01-01 00:00:01,25"), "1.250000000");
  EXPECT_EQ(Show("1969-12-31T23:59:59.5Z"), "-1.500000000");
  EXPECT_EQ(Show("1601-01-01T00:00:00.0Z"), "-11644473600.0");
}

TEST(Iso8601Test, WhatIsLeftOutIsASpan) {
  EXPECT_EQ(Show("1970-01-01T00:00:07Z"), "7.0..7.999999999");
  EXPECT_EQ(Show("1970-01-01T00:01"), "60.0..119.999999999");
  EXPECT_EQ(Show("1970-01-02"), "86400.0..172799.999999999");
  EXPECT_EQ(Show("1970-02"), "2678400.0..2764799.999999999") << "the first day of the month";
  EXPECT_EQ(Show("1970"), "0.0..86399.999999999");
}

TEST(Iso8601Test, OtherTexts) {
  for (const char* text : {"", "197", "1970-", "1970-1-1", "1970-02-30", "1970-01-01T", "1970-01-01T00", "1970-01-01Z",
                           "1970-01-01T24:00:00Z", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z",
                           "1970-01-01T00:00:00Zx", "20200241", "now-1d"}) {
    EXPECT_EQ(Show(text), "none") << text;
  }
}

// Every byte at every place, against arithmetic on what stands there.
TEST(Iso8601Test, WholeTextsWithOneOtherByte) {
  const std::string text = "2019-12-21T13:28:37.5Z", shape = "0000-00-00T00:00:00";
  const auto number = [](const std::string& of, size_t at, size_t size) { return std::stoi(of.substr(at, size)); };
  int taken = 0;
  for (size_t i = 0; i < shape.size(); ++i) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string other = text;
      other[i] = static_cast<char>(byte);
      const bool in_shape = shape[i] == '0'   ? byte >= '0' && byte <= '9'
                            : shape[i] == 'T' ? byte == 'T' || byte == 't' || byte == ' '
                                              : byte == shape[i];
      std::string expected = "none";
      if (in_shape) {
        const std::chrono::year_month_day date{std::chrono::year(number(other, 0, 4)),
                                               std::chrono::month(static_cast<unsigned>(number(other, 5, 2))),
                                               std::chrono::day(static_cast<unsigned>(number(other, 8, 2)))};
        const int hour = number(other, 11, 2), minute = number(other, 14, 2), second = number(other, 17, 2);
        if (date.ok() && hour < 24 && minute < 60 && second <= 60) {
          const int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
          expected = std::to_string(((days * 24 + hour) * 60 + minute) * 60 + second) + ".500000000";
        }
      }
      ASSERT_EQ(Show(other), expected) << other;
      taken += expected != "none";
    }
  }
  EXPECT_GT(taken, 90);
}

}  // namespace
}  // namespace eqlc
