// Keys: 64-bit stand-ins for values, by which the rule index looks things up. Values that `==`, `in` or a glob without
// wildcards can take for equal have a key in common; others may by chance, which costs an evaluation and nothing else.
#pragma once

#include <array>
#include <cstdint>

#include "runtime/abi/value.h"
#include "runtime/value/ascii.h"

namespace eqlc {

// A bit of every key, so that none is 0; not one of the low ones, which choose places in tables.
inline constexpr uint64_t kKeyBit = uint64_t{1} << 63;

// For KeyOf: of a text, and of what is none.
inline uint64_t TextKey(std::string_view text) noexcept { return ascii::Hash(text, /*fold=*/true) | kKeyBit; }
uint64_t OtherKey(const abi::Value& value) noexcept;

// Texts and booleans by their text without ASCII case, numbers by their value; arrays and objects equal no literal.
// Never 0. REQUIRES: value is not null.
inline uint64_t KeyOf(const abi::Value& value) noexcept {
  return value.is_string() ? TextKey(value.text()) : OtherKey(value);
}

// The key of the number that a text is as a whole; 0 when it is none.
uint64_t NumberKeyOf(std::string_view text) noexcept;

// The keys under which the values equal to a literal are found; 0 where there is no second one. (A text value that
// equals a number literal is found under NumberKeyOf.)
std::array<uint64_t, 2> KeysOfLiteral(const abi::Value& literal) noexcept;

}  // namespace eqlc
