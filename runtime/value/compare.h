// Comparison and arithmetic on Values, with all conversions and null rules (docs/semantics.md sections 3.5 and 3.8).
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/abi/expr.h"
#include "runtime/abi/value.h"

namespace eqlc {

// A three-valued truth; the numbers are those of the native helpers.
enum class Tri : uint8_t { kFalse = 0, kTrue = 1, kNull = 2 };

// `a op b` for kEq, kLt, kLe, kGt, kGe. Null when an operand is null or the types do not compare. `flags` are
// abi::ExprFlags: kFold for strings without ASCII case, kPython for no conversion between types.
Tri Compare(abi::Op op, const abi::Value& a, const abi::Value& b, uint8_t flags = 0) noexcept;
// `a op b` for kAdd, kSub, kMul, kDiv, kMod. Null on null, non-number, overflow, division by zero, and non-finite
// results. With kPython, quotients of integers are rounded down and remainders have the divisor's sign.
abi::Value Arithmetic(abi::Op op, const abi::Value& a, const abi::Value& b, uint8_t flags = 0) noexcept;
abi::Value Negate(const abi::Value& a) noexcept;

// The number a text is as a whole ("42", "-1.5", "1e3"), or null.
abi::Value ParseNumber(std::string_view text) noexcept;

}  // namespace eqlc
