// ValueSet must agree with Compare on every pair out of a pool of awkward values.
#include "runtime/value/value_set.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"

namespace eqlc {
namespace {

using abi::Op;
using abi::Value;

const std::vector<Value>& Pool() {
  static const std::vector<Value> pool = {abi::Null(),
                                          abi::Bool(true),
                                          abi::Bool(false),
                                          abi::Int(0),
                                          abi::Int(1),
                                          abi::Int(-1),
                                          abi::Int(INT64_MAX),
                                          abi::Int(INT64_MIN),
                                          abi::Uint(uint64_t{1} << 63),
                                          abi::Uint(UINT64_MAX),
                                          abi::Double(0),
                                          abi::Double(-0.0),
                                          abi::Double(1),
                                          abi::Double(0.5),
                                          abi::Double(0x1p63),
                                          abi::Double(-0x1p63),
                                          abi::Double(0x1p64),
                                          abi::Double(1e300),
                                          abi::Double(NAN),
                                          abi::Double(INFINITY),
                                          abi::String(""),
                                          abi::String("a"),
                                          abi::String("A"),
                                          abi::String("a*"),
                                          abi::String("true"),
                                          abi::String("True"),
                                          abi::String("false"),
                                          abi::String("0"),
                                          abi::String("0.0"),
                                          abi::String("-0"),
                                          abi::String("1"),
                                          abi::String("1e0"),
                                          abi::String("1 "),
                                          abi::String("nan"),
                                          abi::String("0.5"),
                                          abi::String("9223372036854775808"),
                                          abi::String("18446744073709551615"),
                                          abi::String("1E300"),
                                          abi::String("1e300"),
                                          abi::String("\xC3\x89"),
                                          abi::String("\xC3\xA9")};
  return pool;
}

bool Expected(const std::vector<Value>& constants, const Value& value, bool fold) {
  for (const Value& constant : constants) {
    if (Compare(Op::kEq, value, constant) == Tri::kTrue) return true;
    const bool strings = value.is_string() && constant.is_string();
    if (fold && strings && ascii::Fold(std::string(value.text())) == ascii::Fold(std::string(constant.text())))
      return true;
  }
  return false;
}

TEST(ValueSetTest, AgreesWithCompareOnEveryPair) {
  for (const bool fold : {false, true}) {
    for (size_t c = 0; c < Pool().size(); ++c) {
      const std::vector<Value> constants = {Pool()[c]};
      const ValueSet set(constants, fold);
      for (size_t v = 0; v < Pool().size(); ++v) {
        EXPECT_EQ(set.Contains(Pool()[v]), Expected(constants, Pool()[v], fold)) << "constant " << c << ", value " << v;
      }
    }
  }
}

TEST(ValueSetTest, AgreesWithCompareOnRandomLists) {
  std::mt19937 random(9);
  for (int round = 0; round < 500; ++round) {
    const bool fold = round % 2 != 0;
    std::vector<Value> constants;
    for (size_t i = random() % 8; i > 0; --i) constants.push_back(Pool()[random() % Pool().size()]);
    const ValueSet set(constants, fold);
    for (const Value& value : Pool()) EXPECT_EQ(set.Contains(value), Expected(constants, value, fold));
  }
}

TEST(ValueSetTest, CopiesItsConstants) {
  std::string text = "cmd.exe";
  const Value constant = abi::String(text);
  const ValueSet set(std::span(&constant, 1), true);
  text = "gone.xx";
  EXPECT_TRUE(set.Contains(abi::String("CMD.EXE")));
  EXPECT_FALSE(set.Contains(abi::String("gone.xx")));
}

}  // namespace
}  // namespace eqlc
