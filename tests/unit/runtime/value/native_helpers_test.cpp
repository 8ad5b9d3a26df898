// The helpers of generated code: three-valued results and nulls.
#include <gtest/gtest.h>

#include <string_view>

#include "runtime/abi/native.h"
#include "runtime/functions/function.h"
#include "runtime/value/cidr.h"
#include "runtime/value/glob.h"
#include "runtime/value/regex.h"
#include "runtime/value/scratch.h"
#include "runtime/value/value_set.h"

namespace eqlc {
namespace {

using abi::Op;
using abi::Value;

constexpr uint8_t kFalse = 0, kTrue = 1, kNull = 2;

TEST(NativeHelpersTest, CompareAndArithmetic) {
  const Value three = abi::Int(3), four = abi::Int(4), null = abi::Null();
  EXPECT_EQ(eqlc_compare(static_cast<uint8_t>(Op::kLt), &three, &four), kTrue);
  EXPECT_EQ(eqlc_compare(static_cast<uint8_t>(Op::kEq), &three, &four), kFalse);
  EXPECT_EQ(eqlc_compare(static_cast<uint8_t>(Op::kEq), &three, &null), kNull);
  Value out = abi::Null();
  eqlc_arith(static_cast<uint8_t>(Op::kMul), &three, &four, &out);
  EXPECT_EQ(out.payload.i64, 12);
  eqlc_arith(static_cast<uint8_t>(Op::kMul), &three, &null, &out);
  EXPECT_TRUE(out.is_null());
}

TEST(NativeHelpersTest, Matchers) {
  const std::string_view glob = "net*", regex = "net.*", block = "10.0.0.0/8";
  const Value constant = abi::String("7");
  const ValueSet values(std::span(&constant, 1), false);
  const GlobSet globs(std::span(&glob, 1), true);
  const auto regexes = RegexSet::Compile(std::span(&regex, 1), true);
  const auto blocks = CidrSet::Create(std::span(&block, 1));
  ASSERT_TRUE(regexes.ok() && blocks.ok());
  const struct {
    Value value;
    uint8_t in_set, like, regex, cidr;
  } rows[] = {
      {abi::Null(), kNull, kNull, kNull, kNull},
      {abi::Bool(true), kFalse, kNull, kNull, kFalse},
      {abi::Int(7), kTrue, kNull, kNull, kFalse},
      {abi::String("7"), kTrue, kFalse, kFalse, kFalse},
      {abi::String("NETSTAT"), kFalse, kTrue, kTrue, kFalse},
      {abi::String("10.1.2.3"), kFalse, kFalse, kFalse, kTrue},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(eqlc_in_set(&values, &row.value), row.in_set);
    EXPECT_EQ(eqlc_like(&globs, &row.value), row.like);
    EXPECT_EQ(eqlc_regex(regexes->get(), &row.value), row.regex);
    EXPECT_EQ(eqlc_cidr(&*blocks, &row.value), row.cidr);
  }
}

TEST(NativeHelpersTest, CallUsesTheScratchOfTheFrame) {
  Scratch scratch;
  const abi::EventFrame frame{nullptr, nullptr, nullptr, &scratch, 1, 0};
  const Value args[] = {abi::String("pid "), abi::Int(42)};
  Value out = abi::Null();
  eqlc_call(&frame, FindFunction("concat"), 0, args, 2, &out);
  ASSERT_TRUE(out.is_string());
  EXPECT_EQ(out.text(), "pid 42");
  const Value texts[] = {abi::String("ABC"), abi::String("a")};
  eqlc_call(&frame, FindFunction("startsWith"), 1, texts, 2, &out);
  EXPECT_TRUE(out.kind == abi::ValueKind::kBool && out.truth());
  eqlc_call(&frame, FindFunction("startsWith"), 0, texts, 2, &out);
  EXPECT_TRUE(out.kind == abi::ValueKind::kBool && !out.truth());
}

}  // namespace
}  // namespace eqlc
