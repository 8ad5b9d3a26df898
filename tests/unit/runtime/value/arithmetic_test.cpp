// Arithmetic: kinds of results, truncation, and everything that gives null.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "runtime/value/compare.h"

namespace eqlc {
namespace {

using abi::Double;
using abi::Int;
using abi::Null;
using abi::Op;
using abi::Uint;
using abi::Value;

constexpr int64_t kMin = INT64_MIN, kMax = INT64_MAX;
constexpr double kHuge = std::numeric_limits<double>::max();

void ExpectSame(const Value& actual, const Value& expected, size_t row) {
  ASSERT_EQ(actual.kind, expected.kind) << "row " << row;
  if (!expected.is_null()) {
    EXPECT_EQ(actual.payload.u64, expected.payload.u64) << "row " << row;
  }
}

TEST(ArithmeticTest, Operators) {
  const struct {
    Op op;
    Value a, b, result;
  } rows[] = {
      {Op::kAdd, Int(2), Int(3), Int(5)},
      {Op::kAdd, Int(1), Double(0.5), Double(1.5)},
      {Op::kAdd, Int(kMax), Int(1), Null()},
      {Op::kAdd, Int(kMin), Int(-1), Null()},
      {Op::kAdd, Uint(uint64_t{1} << 63), Int(1), Uint((uint64_t{1} << 63) + 1)},
      {Op::kAdd, Uint(UINT64_MAX), Int(-1), Uint(UINT64_MAX - 1)},
      {Op::kAdd, Uint(UINT64_MAX), Int(1), Null()},
      {Op::kAdd, Double(kHuge), Double(kHuge), Null()},
      {Op::kSub, Int(2), Int(3), Int(-1)},
      {Op::kSub, Int(kMin), Int(1), Null()},
      {Op::kSub, Uint(uint64_t{1} << 63), Int(1), Int(kMax)},
      {Op::kSub, Int(0), Uint(uint64_t{1} << 63), Int(kMin)},
      {Op::kSub, Int(-1), Uint(uint64_t{1} << 63), Null()},
      {Op::kMul, Int(-4), Int(6), Int(-24)},
      {Op::kMul, Int(int64_t{1} << 32), Int(int64_t{1} << 31), Null()},
      {Op::kMul, Int(kMin), Int(-1), Null()},
      {Op::kMul, Uint(UINT64_MAX), Uint(UINT64_MAX), Null()},
      {Op::kMul, Uint(UINT64_MAX), Int(1), Uint(UINT64_MAX)},
      {Op::kMul, Uint(UINT64_MAX), Int(0), Int(0)},
      {Op::kMul, Int(3), Double(0.5), Double(1.5)},
      {Op::kDiv, Int(7), Int(2), Int(3)},
      {Op::kDiv, Int(-7), Int(2), Int(-3)},
      {Op::kDiv, Int(7), Int(-2), Int(-3)},
      {Op::kDiv, Int(kMin), Int(-1), Null()},
      {Op::kDiv, Int(5), Int(0), Null()},
      {Op::kDiv, Double(5), Int(0), Null()},
      {Op::kDiv, Double(7), Int(2), Double(3.5)},
      {Op::kDiv, Uint(UINT64_MAX), Int(5), Int(3689348814741910323)},
      {Op::kMod, Int(7), Int(3), Int(1)},
      {Op::kMod, Int(-7), Int(3), Int(-1)},
      {Op::kMod, Int(7), Int(-3), Int(1)},
      {Op::kMod, Int(-10), Int(-6), Int(-4)},
      {Op::kMod, Int(kMin), Int(-1), Int(0)},
      {Op::kMod, Int(5), Int(0), Null()},
      {Op::kMod, Double(5), Double(0), Null()},
      {Op::kMod, Double(-5.5), Int(2), Double(-1.5)},
      {Op::kAdd, Null(), Int(1), Null()},
      {Op::kAdd, Int(1), Null(), Null()},
      {Op::kAdd, abi::String("1"), Int(1), Null()},
      {Op::kAdd, abi::Bool(true), Int(1), Null()},
      {Op::kAdd, Double(NAN), Int(1), Null()},
      {Op::kSub, Double(INFINITY), Int(1), Null()},
  };
  for (size_t i = 0; i < std::size(rows); ++i)
    ExpectSame(Arithmetic(rows[i].op, rows[i].a, rows[i].b), rows[i].result, i);
}

TEST(ArithmeticTest, Negation) {
  const std::pair<Value, Value> rows[] = {
      {Int(5), Int(-5)},          {Int(0), Int(0)},
      {Int(kMin), Null()},        {Uint(uint64_t{1} << 63), Int(kMin)},
      {Uint(UINT64_MAX), Null()}, {Double(2.5), Double(-2.5)},
      {Double(INFINITY), Null()}, {Null(), Null()},
      {abi::String("5"), Null()}, {abi::Bool(true), Null()},
  };
  for (size_t i = 0; i < std::size(rows); ++i) ExpectSame(Negate(rows[i].first), rows[i].second, i);
}

}  // namespace
}  // namespace eqlc
