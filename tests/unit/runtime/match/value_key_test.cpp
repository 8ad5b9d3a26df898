#include "runtime/match/value_key.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "runtime/value/compare.h"

namespace eqlc {
namespace {

// Whether a look-up of `value` finds `literal`, as the index does it.
bool Finds(const abi::Value& value, const abi::Value& literal) {
  const auto keys = KeysOfLiteral(literal);
  const auto has = [&](uint64_t key) { return key != 0 && std::ranges::find(keys, key) != keys.end(); };
  if (has(KeyOf(value))) return true;
  return literal.is_number() && value.is_string() && has(NumberKeyOf(value.text()));
}

TEST(ValueKeyTest, FindsWhateverIsEqual) {
  const std::vector<abi::Value> values = {
      abi::String(""),
      abi::String("a"),
      abi::String("true"),
      abi::String("false"),
      abi::String("4"),
      abi::String("4.0"),
      abi::String("4e0"),
      abi::String("-0"),
      abi::String("1e400"),
      abi::String("0"),
      abi::Int(4),
      abi::Int(0),
      abi::Int(-1),
      abi::Double(4.0),
      abi::Double(4.5),
      abi::Double(-0.0),
      abi::Bool(true),
      abi::Bool(false),
      abi::Uint(UINT64_MAX),
      abi::Double(1.8446744073709552e19),
      abi::String("18446744073709551615"),
  };
  for (const abi::Value& value : values) {
    for (const abi::Value& literal : values) {
      if (Compare(abi::Op::kEq, value, literal) != Tri::kTrue) continue;
      EXPECT_TRUE(Finds(value, literal)) << int(value.kind) << " " << value.payload.u64 << " " << int(literal.kind)
                                         << " " << literal.payload.u64;
    }
  }
}

TEST(ValueKeyTest, OverlooksCase) {
  EXPECT_TRUE(Finds(abi::String("CMD.EXE"), abi::String("cmd.exe")));
  EXPECT_FALSE(Finds(abi::String("cmd"), abi::String("cmd.exe")));
  EXPECT_FALSE(Finds(abi::Int(5), abi::String("4")));
}

}  // namespace
}  // namespace eqlc
