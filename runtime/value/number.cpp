// Number: formatting, parsing (ParseNumber of compare.h) and canonical form. Locale-free.
// Tested by tests/unit/runtime/value/number_test.cpp.
#include "runtime/value/number.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"

namespace eqlc {

using abi::Value;
using abi::ValueKind;

namespace {

constexpr double kTwo63 = 9223372036854775808.0;
constexpr double kTwo64 = 18446744073709551616.0;

// Appends into a NumberBuffer; the caller knows that it fits.
class Writer {
 public:
  explicit Writer(NumberBuffer& buffer) : begin_(buffer.data()), at_(buffer.data()) {}
  void Put(char c) { *at_++ = c; }
  void Put(std::string_view text) { at_ = std::copy(text.begin(), text.end(), at_); }
  void Zeros(int count) { at_ = std::fill_n(at_, std::max(count, 0), '0'); }
  std::string_view text() const { return {begin_, static_cast<size_t>(at_ - begin_)}; }

 private:
  char* begin_;
  char* at_;
};

// Digits of a number, and the exponent of the first one. Shortest: the fewest that read back as it.
struct Decimal {
  std::array<char, 24> digits;
  int count = 0;
  int exponent = 0;
};

Decimal ReadDecimal(const char* text, const char* end) {
  const char* e = std::find(text, end, 'e');
  Decimal result;
  for (const char* p = text; p != e; ++p) {
    if (*p != '.') result.digits[result.count++] = *p;
  }
  const char* exponent = e + 1;
  if (*exponent == '+') ++exponent;
  std::from_chars(exponent, end, result.exponent);
  return result;
}

Decimal Shortest(double positive) {
  char text[40];
  return ReadDecimal(text, std::to_chars(text, text + sizeof text, positive, std::chars_format::scientific).ptr);
}

// Of two digits at least, the nearest to the number; of larger numbers a second one is always 0.
Decimal ShortestOfJava(double positive) {
  Decimal shortest = Shortest(positive);
  if (shortest.count != 1 || positive >= std::numeric_limits<double>::min() || positive == 0) return shortest;
  char text[40];
  const auto written = std::to_chars(text, text + sizeof text, positive, std::chars_format::scientific, 1);
  return ReadDecimal(text, written.ptr);
}

// Python's repr: decimal notation for exponents from -4 to 15.
std::string_view FormatPythonDouble(double d, NumberBuffer& buffer) {
  if (std::isnan(d)) return "nan";
  if (std::isinf(d)) return d < 0 ? "-inf" : "inf";
  if (d == 0) return std::signbit(d) ? "-0.0" : "0.0";
  Writer out(buffer);
  if (d < 0) out.Put('-');
  const Decimal decimal = Shortest(std::abs(d));
  const std::string_view digits(decimal.digits.data(), static_cast<size_t>(decimal.count));
  const int point = decimal.exponent + 1;  // digits before it
  if (decimal.exponent < -4 || decimal.exponent >= 16) {
    out.Put(digits[0]);
    if (digits.size() > 1) out.Put('.'), out.Put(digits.substr(1));
    out.Put(decimal.exponent < 0 ? "e-" : "e+");
    const int magnitude = std::abs(decimal.exponent);
    if (magnitude < 10) out.Put('0');
    char text[4];
    out.Put({text, static_cast<size_t>(std::to_chars(text, text + sizeof text, magnitude).ptr - text)});
  } else if (point <= 0) {
    out.Put("0."), out.Zeros(-point), out.Put(digits);
  } else if (decimal.count <= point) {
    out.Put(digits), out.Zeros(point - decimal.count), out.Put(".0");
  } else {
    out.Put(digits.substr(0, static_cast<size_t>(point))), out.Put('.');
    out.Put(digits.substr(static_cast<size_t>(point)));
  }
  return out.text();
}

std::string_view FormatDouble(double d, NumberBuffer& buffer) {
  Writer out(buffer);
  if (std::isnan(d)) return "NaN";
  if (std::signbit(d)) out.Put('-');
  d = std::fabs(d);
  if (std::isinf(d)) {
    out.Put("Infinity");
    return out.text();
  }
  const Decimal decimal = ShortestOfJava(d);
  const std::string_view digits(decimal.digits.data(), decimal.count);
  const int exponent = decimal.exponent;
  // Java's Double.toString: plain notation from 10^-3 up to 10^7, and always a digit behind the point.
  if (d != 0 && (exponent < -3 || exponent >= 7)) {
    out.Put(digits[0]);
    out.Put('.');
    out.Put(digits.size() > 1 ? digits.substr(1) : "0");
    out.Put('E');
    NumberBuffer number;
    out.Put(FormatNumber(abi::Int(exponent), number));
  } else if (exponent < 0) {
    out.Put("0.");
    out.Zeros(-exponent - 1);
    out.Put(digits);
  } else {
    const size_t whole = static_cast<size_t>(exponent) + 1;
    out.Put(digits.substr(0, whole));
    out.Zeros(static_cast<int>(whole) - decimal.count);
    out.Put('.');
    out.Put(digits.size() > whole ? digits.substr(whole) : "0");
  }
  return out.text();
}

template <typename T>
std::string_view FormatInteger(T integer, NumberBuffer& buffer) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), integer).ptr;
  return {buffer.data(), static_cast<size_t>(end - buffer.data())};
}

size_t DigitsAt(std::string_view text, size_t from) {
  size_t i = from;
  while (i < text.size() && ascii::IsDigit(text[i])) ++i;
  return i - from;
}

struct NumberShape {
  bool valid;
  bool integral;
};

// Sign, digits with an optional point, optional exponent; nothing else. from_chars alone would take "inf" and "nan".
NumberShape ShapeOf(std::string_view unsigned_text) {
  const size_t whole = DigitsAt(unsigned_text, 0);
  size_t i = whole, fraction = 0;
  bool integral = true;
  if (i < unsigned_text.size() && unsigned_text[i] == '.') {
    fraction = DigitsAt(unsigned_text, i + 1);
    i += 1 + fraction;
    integral = false;
  }
  if (whole + fraction == 0) return {false, false};
  if (i < unsigned_text.size() && (unsigned_text[i] | 0x20) == 'e') {
    ++i;
    if (i < unsigned_text.size() && (unsigned_text[i] == '+' || unsigned_text[i] == '-')) ++i;
    const size_t digits = DigitsAt(unsigned_text, i);
    if (digits == 0) return {false, false};
    i += digits;
    integral = false;
  }
  return {i == unsigned_text.size(), integral};
}

template <typename T>
bool Read(std::string_view text, T& out) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

}  // namespace

std::string_view FormatNumber(const Value& number, NumberBuffer& buffer) noexcept {
  assert(number.is_number());
  if (number.kind == ValueKind::kInt) return FormatInteger(number.payload.i64, buffer);
  if (number.kind == ValueKind::kUint) return FormatInteger(number.payload.u64, buffer);
  return FormatDouble(number.payload.f64, buffer);
}

std::string_view PythonTextOf(const Value& value, NumberBuffer& buffer) noexcept {
  return value.kind == ValueKind::kDouble ? FormatPythonDouble(value.payload.f64, buffer) : TextOf(value, buffer);
}

std::string_view TextOf(const Value& value, NumberBuffer& buffer) noexcept {
  if (value.is_string()) return value.text();
  if (value.kind == ValueKind::kBool) return value.truth() ? "true" : "false";
  return FormatNumber(value, buffer);
}

Value CanonicalNumber(const Value& number) noexcept {
  if (number.kind == ValueKind::kUint) return abi::Uint(number.payload.u64);
  if (number.kind != ValueKind::kDouble) return number;
  const double d = number.payload.f64;
  if (!(d >= -kTwo63 && d < kTwo64) || std::trunc(d) != d) return number;
  return d < kTwo63 ? abi::Int(static_cast<int64_t>(d)) : abi::Uint(static_cast<uint64_t>(d));
}

Value ParseNumber(std::string_view text) noexcept {
  // Most texts compared with a number are no number; the first byte tells.
  if (text.empty() || static_cast<unsigned char>(text[0]) > '9') return abi::Null();
  const bool sign = text[0] == '+' || text[0] == '-';
  const std::string_view unsigned_text = text.substr(sign ? 1 : 0);
  const NumberShape shape = ShapeOf(unsigned_text);
  if (!shape.valid) return abi::Null();
  const std::string_view readable = text[0] == '+' ? unsigned_text : text;
  if (shape.integral) {
    int64_t i = 0;
    uint64_t u = 0;
    if (Read(readable, i)) return abi::Int(i);
    if (Read(readable, u)) return abi::Uint(u);
  }
  double d = 0;
  return Read(readable, d) && std::isfinite(d) ? abi::Double(d) : abi::Null();
}

}  // namespace eqlc
