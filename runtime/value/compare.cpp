// Comparison and arithmetic. One symmetric rule per pair of types:
//
//               string             number              bool
//   string      bytes              as numbers *        "true"/"false", equality only
//   number                         exact value         null
//   bool                                               equality only
//
//   * when the whole text is a number, else null
// Tested by tests/unit/runtime/value/compare_test.cpp and arithmetic_test.cpp.
#include "runtime/value/compare.h"

#include <cassert>
#include <cmath>
#include <compare>
#include <limits>

#include "runtime/value/ascii.h"
#include "runtime/value/number.h"

namespace eqlc {

using abi::Op;
using abi::Value;
using abi::ValueKind;

namespace {

// Holds every sum, difference and product of two 64-bit integers but those of two huge unsigned ones.
__extension__ typedef __int128 Wide;

Tri FromBool(bool b) { return b ? Tri::kTrue : Tri::kFalse; }

// Unordered: NaN, which is neither equal nor ordered.
Tri Decide(Op op, std::partial_ordering order) {
  switch (op) {
    case Op::kEq:
      return FromBool(order == 0);
    case Op::kLt:
      return FromBool(order < 0);
    case Op::kLe:
      return FromBool(order <= 0);
    case Op::kGt:
      return FromBool(order > 0);
    case Op::kGe:
      return FromBool(order >= 0);
    default:
      assert(!"not a comparison");
      return Tri::kNull;
  }
}

Wide Integer(const Value& v) { return v.kind == ValueKind::kUint ? Wide{v.payload.u64} : Wide{v.payload.i64}; }
bool IsInteger(const Value& v) { return v.kind == ValueKind::kInt || v.kind == ValueKind::kUint; }

double AsDouble(const Value& v) {
  if (v.kind == ValueKind::kDouble) return v.payload.f64;
  return v.kind == ValueKind::kUint ? static_cast<double>(v.payload.u64) : static_cast<double>(v.payload.i64);
}

std::partial_ordering CompareIntegers(Wide a, Wide b) {
  return a < b   ? std::partial_ordering::less
         : a > b ? std::partial_ordering::greater
                 : std::partial_ordering::equivalent;
}

// Exact: rounding the integer to a double would make 2^53 + 1 equal to 2^53.
std::partial_ordering CompareIntegerDouble(Wide a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= 1e20) return std::partial_ordering::less;  // above every uint64
  if (b <= -1e20) return std::partial_ordering::greater;
  const double whole = std::floor(b);
  const std::partial_ordering order = CompareIntegers(a, static_cast<Wide>(whole));
  return order == 0 && b > whole ? std::partial_ordering::less : order;
}

std::partial_ordering Reverse(std::partial_ordering order) { return 0 <=> order; }

std::partial_ordering CompareNumbers(const Value& a, const Value& b) {
  if (IsInteger(a)) {
    return IsInteger(b) ? CompareIntegers(Integer(a), Integer(b)) : CompareIntegerDouble(Integer(a), b.payload.f64);
  }
  if (IsInteger(b)) return Reverse(CompareIntegerDouble(Integer(b), a.payload.f64));
  return a.payload.f64 <=> b.payload.f64;
}

Tri CompareBoolString(Op op, bool truth, std::string_view text) {
  if (op != Op::kEq) return Tri::kNull;
  if (text == "true") return FromBool(truth);
  if (text == "false") return FromBool(!truth);
  return Tri::kNull;
}

std::partial_ordering CompareTexts(std::string_view a, std::string_view b, bool fold) {
  return fold ? ascii::CompareFold(a, b) <=> 0 : a <=> b;
}

// Section 11.2: only values of one type compare.
Tri CompareStrictly(Op op, const Value& a, const Value& b, bool fold) {
  if (a.is_string() && b.is_string()) return Decide(op, CompareTexts(a.text(), b.text(), fold));
  if (a.is_number() && b.is_number()) return Decide(op, CompareNumbers(a, b));
  if (a.kind != ValueKind::kBool || b.kind != ValueKind::kBool) return Tri::kNull;
  return Decide(op, a.payload.i64 <=> b.payload.i64);
}

Value FromWide(Wide result, bool is_unsigned) {
  if (result >= std::numeric_limits<int64_t>::min() && result <= std::numeric_limits<int64_t>::max()) {
    return abi::Int(static_cast<int64_t>(result));
  }
  if (is_unsigned && result > 0 && result <= Wide{std::numeric_limits<uint64_t>::max()}) {
    return abi::Uint(static_cast<uint64_t>(result));
  }
  return abi::Null();
}

Wide FloorMod(Wide a, Wide b) {
  const Wide rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

double FloorMod(double a, double b) {
  const double rest = std::fmod(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

// REQUIRES: op is kDiv or kMod.
Value PythonDivision(Op op, Wide a, Wide b, bool is_unsigned) {
  if (b == 0) return abi::Null();
  const Wide rest = FloorMod(a, b);
  return FromWide(op == Op::kMod ? rest : (a - rest) / b, is_unsigned);
}

Value IntegerArithmetic(Op op, Wide a, Wide b, bool is_unsigned) {
  switch (op) {
    case Op::kAdd:
      return FromWide(a + b, is_unsigned);
    case Op::kSub:
      return FromWide(a - b, is_unsigned);
    case Op::kMul: {
      Wide product;
      return __builtin_mul_overflow(a, b, &product) ? abi::Null() : FromWide(product, is_unsigned);
    }
    case Op::kDiv:
      return b == 0 ? abi::Null() : FromWide(a / b, is_unsigned);
    case Op::kMod:
      return b == 0 ? abi::Null() : FromWide(a % b, is_unsigned);
    default:
      assert(!"not arithmetic");
      return abi::Null();
  }
}

double DoubleArithmetic(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd:
      return a + b;
    case Op::kSub:
      return a - b;
    case Op::kMul:
      return a * b;
    case Op::kDiv:
      return b == 0 ? std::numeric_limits<double>::quiet_NaN() : a / b;
    case Op::kMod:
      return std::fmod(a, b);
    default:
      assert(!"not arithmetic");
      return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace

Tri Compare(Op op, const Value& a, const Value& b, uint8_t flags) noexcept {
  if (a.is_null() || b.is_null()) return Tri::kNull;
  const bool fold = (flags & abi::kFold) != 0;
  if ((flags & abi::kPython) != 0) return CompareStrictly(op, a, b, fold);
  if (a.is_string() && b.is_string()) {
    if (op == Op::kEq) return FromBool(ascii::Equal(a.text(), b.text(), fold));
    return Decide(op, CompareTexts(a.text(), b.text(), fold));
  }
  if (a.is_number() && b.is_number()) return Decide(op, CompareNumbers(a, b));
  if (a.is_number() && b.is_string()) {
    const Value number = ParseNumber(b.text());
    return number.is_null() ? Tri::kNull : Decide(op, CompareNumbers(a, number));
  }
  if (a.is_string() && b.is_number()) {
    const Value number = ParseNumber(a.text());
    return number.is_null() ? Tri::kNull : Decide(op, CompareNumbers(number, b));
  }
  if (a.kind == ValueKind::kBool && b.kind == ValueKind::kBool) {
    return op == Op::kEq ? FromBool(a.truth() == b.truth()) : Tri::kNull;
  }
  if (a.kind == ValueKind::kBool && b.is_string()) return CompareBoolString(op, a.truth(), b.text());
  if (a.is_string() && b.kind == ValueKind::kBool) return CompareBoolString(op, b.truth(), a.text());
  return Tri::kNull;
}

Value Arithmetic(Op op, const Value& a, const Value& b, uint8_t flags) noexcept {
  if (!a.is_number() || !b.is_number()) return abi::Null();
  const bool python = (flags & abi::kPython) != 0;
  if (IsInteger(a) && IsInteger(b)) {
    const bool is_unsigned = a.kind == ValueKind::kUint || b.kind == ValueKind::kUint;
    if (python && (op == Op::kDiv || op == Op::kMod)) return PythonDivision(op, Integer(a), Integer(b), is_unsigned);
    return IntegerArithmetic(op, Integer(a), Integer(b), is_unsigned);
  }
  const double result =
      python && op == Op::kMod ? FloorMod(AsDouble(a), AsDouble(b)) : DoubleArithmetic(op, AsDouble(a), AsDouble(b));
  return std::isfinite(result) ? abi::Double(result) : abi::Null();
}

Value Negate(const Value& a) noexcept {
  if (IsInteger(a)) return FromWide(-Integer(a), false);
  return a.kind == ValueKind::kDouble && std::isfinite(a.payload.f64) ? abi::Double(-a.payload.f64) : abi::Null();
}

}  // namespace eqlc
