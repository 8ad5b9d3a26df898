// Every mix of types under every comparison, both ways round.
#include "runtime/value/compare.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace eqlc {
namespace {

using abi::Op;
using abi::Value;

// How the left side relates to the right one: '<', '=', '>' ordered; '!' unordered, so every comparison is false;
// 'e' equal and 'd' different without order; 'n' null.
struct Case {
  Value left;
  Value right;
  char relation;
  const char* what;
};

Tri Expected(Op op, char relation) {
  const auto truth = [](bool b) { return b ? Tri::kTrue : Tri::kFalse; };
  switch (relation) {
    case 'n':
      return Tri::kNull;
    case '!':
      return Tri::kFalse;
    case 'e':
    case 'd':
      return op == Op::kEq ? truth(relation == 'e') : Tri::kNull;
    default:
      break;
  }
  switch (op) {
    case Op::kEq:
      return truth(relation == '=');
    case Op::kLt:
      return truth(relation == '<');
    case Op::kLe:
      return truth(relation != '>');
    case Op::kGt:
      return truth(relation == '>');
    default:
      return truth(relation != '<');
  }
}

char Mirror(char relation) { return relation == '<' ? '>' : relation == '>' ? '<' : relation; }

constexpr int64_t kTwo53 = int64_t{1} << 53;

TEST(CompareTest, AllTypes) {
  const Value two63 = abi::Uint(uint64_t{1} << 63), max = abi::Uint(UINT64_MAX), nan = abi::Double(NAN);
  const Case cases[] = {
      {abi::String("a"), abi::String("a"), '=', "equal strings"},
      {abi::String("a"), abi::String("A"), '>', "case counts"},
      {abi::String("a"), abi::String("ab"), '<', "a prefix is less"},
      {abi::String(""), abi::String("a"), '<', "the empty string is least"},
      {abi::String("2000"), abi::String("1000000000"), '>', "strings of digits compare as strings"},
      {abi::String("z"), abi::String("\xC3\xA9"), '<', "bytes are unsigned"},
      {abi::String("a*"), abi::String("abc"), '<', "a star is a character"},
      {abi::Int(1), abi::Int(2), '<', "integers"},
      {abi::Int(-1), two63, '<', "signed and unsigned"},
      {abi::Int(INT64_MAX), two63, '<', "neighbours around 2^63"},
      {two63, max, '<', "unsigned"},
      {abi::Int(3), abi::Double(3), '=', "integer and double"},
      {abi::Int(3), abi::Double(3.5), '<', "integer below a fraction"},
      {abi::Int(-3), abi::Double(-3.5), '>', "integer above a negative fraction"},
      {abi::Int(kTwo53 + 1), abi::Double(0x1p53), '>', "no rounding of the integer"},
      {abi::Int(INT64_MAX), abi::Double(0x1p63), '<', "no rounding at 2^63"},
      {max, abi::Double(0x1p64), '<', "no rounding at 2^64"},
      {two63, abi::Double(0x1p63), '=', "2^63 both ways"},
      {abi::Int(0), abi::Double(-0.0), '=', "negative zero"},
      {abi::Int(1), abi::Double(INFINITY), '<', "infinity"},
      {max, abi::Double(-INFINITY), '>', "minus infinity"},
      {abi::Double(0.1), abi::Double(0.2), '<', "doubles"},
      {nan, nan, '!', "NaN and itself"},
      {nan, abi::Int(1), '!', "NaN and an integer"},
      {nan, abi::String("1"), '!', "NaN and number text"},
      {abi::String("0"), abi::Int(0), '=', "number text"},
      {abi::String("4.0"), abi::Int(4), '=', "decimal text"},
      {abi::String("1e3"), abi::Double(1000), '=', "text with exponent"},
      {abi::String("999"), abi::Int(1000), '<', "number text orders as a number"},
      {abi::String("18446744073709551615"), max, '=', "unsigned text"},
      {abi::String("4x"), abi::Int(4), 'n', "text that is not all number"},
      {abi::String(""), abi::Int(0), 'n', "empty text is no number"},
      {abi::String("nan"), abi::Double(NAN), 'n', "text of NaN is no number"},
      {abi::Bool(true), abi::Bool(true), 'e', "equal bools"},
      {abi::Bool(true), abi::Bool(false), 'd', "different bools"},
      {abi::Bool(true), abi::String("true"), 'e', "bool and its text"},
      {abi::Bool(true), abi::String("false"), 'd', "bool and the other text"},
      {abi::Bool(false), abi::String("false"), 'e', "false and its text"},
      {abi::Bool(true), abi::String("TRUE"), 'n', "texts of bools are lower case"},
      {abi::Bool(true), abi::String("1"), 'n', "bool and other text"},
      {abi::Bool(true), abi::Int(1), 'n', "bool and number"},
      {abi::Bool(false), abi::Double(0), 'n', "bool and double"},
      {abi::Null(), abi::Null(), 'n', "nulls"},
      {abi::Null(), abi::String("a"), 'n', "null and string"},
      {abi::Null(), abi::Int(0), 'n', "null and number"},
      {abi::Null(), abi::Bool(false), 'n', "null and bool"},
  };
  for (const Case& c : cases) {
    for (const Op op : {Op::kEq, Op::kLt, Op::kLe, Op::kGt, Op::kGe}) {
      EXPECT_EQ(Compare(op, c.left, c.right), Expected(op, c.relation)) << c.what;
      EXPECT_EQ(Compare(op, c.right, c.left), Expected(op, Mirror(c.relation))) << c.what << ", mirrored";
    }
  }
}

}  // namespace
}  // namespace eqlc
