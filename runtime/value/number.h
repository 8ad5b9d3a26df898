// Number: numbers of any kind as text and as exact keys.
#pragma once

#include <array>
#include <string_view>

#include "runtime/abi/value.h"

namespace eqlc {

// Room for the longest number: "-1.2345678901234567E-308".
using NumberBuffer = std::array<char, 32>;

// Integers in decimal; doubles as Java prints them ("1.0", "1.0E10", "0.001", "1.0E-4", "NaN", "-Infinity").
// REQUIRES: number.is_number().
std::string_view FormatNumber(const abi::Value& number, NumberBuffer& buffer) noexcept;

// The text of a scalar in `string()` and `concat()`: strings as they are, "true"/"false", numbers as FormatNumber.
// REQUIRES: value is not null.
std::string_view TextOf(const abi::Value& value, NumberBuffer& buffer) noexcept;

// The same with doubles as Python prints them ("1.0", "1e+16", "1e-05"). REQUIRES: a scalar that is not null.
std::string_view PythonTextOf(const abi::Value& value, NumberBuffer& buffer) noexcept;

// The one form in which numerically equal numbers are bitwise equal: an integral double in range of an integer becomes
// that integer. REQUIRES: number.is_number().
abi::Value CanonicalNumber(const abi::Value& number) noexcept;

}  // namespace eqlc
