#include "runtime/value/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace eqlc {
namespace {

TEST(Json, Scalars) {
  EXPECT_EQ(ToJson(abi::Null()), "null");
  EXPECT_EQ(ToJson(abi::Bool(true)), "true");
  EXPECT_EQ(ToJson(abi::Int(-5)), "-5");
  EXPECT_EQ(ToJson(abi::Uint(UINT64_MAX)), "18446744073709551615");
  EXPECT_EQ(ToJson(abi::Double(1.5)), "1.5");
  EXPECT_EQ(ToJson(abi::Double(2)), "2.0");
  EXPECT_EQ(ToJson(abi::Double(1e300)), "1e+300");
  EXPECT_EQ(ToJson(abi::Double(std::numeric_limits<double>::infinity())), "null");
}

TEST(Json, StringsAreEscaped) {
  EXPECT_EQ(ToJson(abi::String("a\"b\\c\n\x01/\u00e9")), "\"a\\\"b\\\\c\\n\\u0001/\u00e9\"");
  EXPECT_EQ(ToJson(abi::String("")), "\"\"");
}

}  // namespace
}  // namespace eqlc
