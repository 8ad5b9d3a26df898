// Numbers as text, both ways, and their canonical form.
#include "runtime/value/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "runtime/value/compare.h"

namespace eqlc {
namespace {

using abi::Value;
using abi::ValueKind;

constexpr int64_t kMin = INT64_MIN, kMax = INT64_MAX;

TEST(NumberTest, FormatsAsJavaDoes) {
  const std::pair<Value, std::string_view> cases[] = {
      {abi::Int(0), "0"},
      {abi::Int(-42), "-42"},
      {abi::Int(kMin), "-9223372036854775808"},
      {abi::Uint(UINT64_MAX), "18446744073709551615"},
      {abi::Double(1), "1.0"},
      {abi::Double(-0.0), "-0.0"},
      {abi::Double(42.5), "42.5"},
      {abi::Double(0.1), "0.1"},
      {abi::Double(0.001), "0.001"},
      {abi::Double(0.00123), "0.00123"},
      {abi::Double(0.0001), "1.0E-4"},
      {abi::Double(1234567.5), "1234567.5"},
      {abi::Double(9999999), "9999999.0"},
      {abi::Double(1e7), "1.0E7"},
      {abi::Double(1e10), "1.0E10"},
      {abi::Double(-1.25e-7), "-1.25E-7"},
      {abi::Double(std::numeric_limits<double>::max()), "1.7976931348623157E308"},
      {abi::Double(std::numeric_limits<double>::denorm_min()), "4.9E-324"},  // not the shortest: Java has two digits
      {abi::Double(9.9e-324), "9.9E-324"},
      {abi::Double(2e-323), "2.0E-323"},
      {abi::Double(1e-300), "1.0E-300"},
      {abi::Double(-2.2250738585072014e-308), "-2.2250738585072014E-308"},
      {abi::Double(NAN), "NaN"},
      {abi::Double(-INFINITY), "-Infinity"},
  };
  for (const auto& [number, text] : cases) {
    NumberBuffer buffer;
    EXPECT_EQ(FormatNumber(number, buffer), text);
  }
}

TEST(NumberTest, TextOfOtherScalars) {
  NumberBuffer buffer;
  EXPECT_EQ(TextOf(abi::Bool(true), buffer), "true");
  EXPECT_EQ(TextOf(abi::Bool(false), buffer), "false");
  EXPECT_EQ(TextOf(abi::String("x"), buffer), "x");
  EXPECT_EQ(TextOf(abi::Int(7), buffer), "7");
}

TEST(NumberTest, ParsesWholeTextsOnly) {
  const std::pair<std::string_view, Value> integers[] = {
      {"0", abi::Int(0)},
      {"42", abi::Int(42)},
      {"-7", abi::Int(-7)},
      {"+7", abi::Int(7)},
      {"007", abi::Int(7)},
      {"9223372036854775807", abi::Int(kMax)},
      {"-9223372036854775808", abi::Int(kMin)},
      {"9223372036854775808", abi::Uint(uint64_t{1} << 63)},
      {"18446744073709551615", abi::Uint(UINT64_MAX)},
  };
  for (const auto& [text, expected] : integers) {
    const Value number = ParseNumber(text);
    EXPECT_EQ(number.kind, expected.kind) << text;
    EXPECT_EQ(number.payload.u64, expected.payload.u64) << text;
  }
  const std::pair<std::string_view, double> doubles[] = {
      {"1.5", 1.5},
      {"-1.5", -1.5},
      {"+.5", 0.5},
      {"5.", 5},
      {"1e3", 1000},
      {"1E-2", 0.01},
      {"18446744073709551616", 0x1p64},
  };
  for (const auto& [text, expected] : doubles) {
    const Value number = ParseNumber(text);
    ASSERT_EQ(number.kind, ValueKind::kDouble) << text;
    EXPECT_EQ(number.payload.f64, expected) << text;
  }
  for (const std::string_view text :
       {"",    "+",   "-",   ".",    "e5",       "1e",    "1e+", "1 ",  " 1",    "0x10", "1_000",
        "1,5", "inf", "nan", "-inf", "Infinity", "1e999", "--1", "+-1", "1.2.3", "12a",  "é"}) {
    EXPECT_TRUE(ParseNumber(text).is_null()) << text;
  }
}

TEST(NumberTest, CanonicalFormIsEqualForEqualNumbers) {
  const std::pair<Value, Value> cases[] = {
      {abi::Double(3), abi::Int(3)},
      {abi::Double(-0.0), abi::Int(0)},
      {abi::Double(0x1p63), abi::Uint(uint64_t{1} << 63)},
      {abi::Double(-0x1p63), abi::Int(kMin)},
      {abi::Double(0x1p64), abi::Double(0x1p64)},
      {abi::Double(0.5), abi::Double(0.5)},
  };
  for (const auto& [number, expected] : cases) {
    EXPECT_EQ(CanonicalNumber(number).kind, expected.kind);
    EXPECT_EQ(CanonicalNumber(number).payload.u64, expected.payload.u64);
  }
}

}  // namespace
}  // namespace eqlc
