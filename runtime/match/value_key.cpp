// Tested by tests/unit/runtime/match/value_key_test.cpp.
#include "runtime/match/value_key.h"

#include "runtime/value/compare.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

uint64_t NumberKey(const abi::Value& number) {
  const abi::Value canonical = CanonicalNumber(number);
  const uint64_t mixed = (canonical.payload.u64 + static_cast<uint64_t>(canonical.kind)) * 0x9E3779B97F4A7C15;
  return (mixed ^ mixed >> 29) | kKeyBit;
}

}  // namespace

uint64_t OtherKey(const abi::Value& value) noexcept {
  if (value.kind == abi::ValueKind::kJson) return TextKey(value.text());
  if (value.is_number()) return NumberKey(value);
  return TextKey(value.truth() ? "true" : "false");
}

uint64_t NumberKeyOf(std::string_view text) noexcept {
  const abi::Value number = ParseNumber(text);
  return number.is_null() ? 0 : NumberKey(number);
}

std::array<uint64_t, 2> KeysOfLiteral(const abi::Value& literal) noexcept {
  return {KeyOf(literal), literal.is_string() ? NumberKeyOf(literal.text()) : 0};
}

}  // namespace eqlc
