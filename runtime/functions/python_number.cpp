// python.number: the number a text says.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source", .type = ParamType::kString},
    {.name = "base", .type = ParamType::kInteger, .optional = true},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.number("-314"))", "-314"},
    {R"(python.number("3.5"))", "3.5"},
    {R"(python.number("0x10"))", "16"},
    {R"(python.number("0x10", 16))", "16"},
    {R"(python.number("052403", 8))", "21763"},
    {R"(python.number("x"))", "null"},
    {R"(python.number("ff", 16))", "null"},
    {R"(python.number(" 1.5 "))", "1.5"},
    {R"(python.number("99999999999999999999"))", "1.0E20"},
};

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  text.remove_suffix(text.size() - (text.find_last_not_of(kBlanks) + 1));
  return text;
}

// Of digits of the base, however many.
double MagnitudeOf(std::string_view digits, int base) {
  if (base == 10) {
    const abi::Value number = ParseNumber(digits);
    return number.kind == abi::ValueKind::kDouble ? number.payload.f64 : static_cast<double>(number.payload.u64);
  }
  double magnitude = 0;
  for (const char c : digits) {
    const unsigned char digit = ascii::FoldByte(static_cast<unsigned char>(c));
    magnitude = magnitude * base + (ascii::IsDigit(c) ? digit - '0' : digit - 'a' + 10);
  }
  return magnitude;
}

// An integer if one holds it, else a double.
abi::Value ParseDigits(std::string_view sign, std::string_view digits, int base) {
  uint64_t magnitude = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, magnitude, base);
  if (result.ec == std::errc::invalid_argument || result.ptr != end) return abi::Null();
  const bool negative = sign == "-";
  if (result.ec == std::errc()) {
    const abi::Value number = negative ? Negate(abi::Uint(magnitude)) : abi::Uint(magnitude);
    if (!number.is_null()) return number;
  }
  const double number = MagnitudeOf(digits, base);
  return std::isfinite(number) ? abi::Double(negative ? -number : number) : abi::Null();
}

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null()) return abi::Null();
  std::string_view text = args[0].text();
  const abi::Value given = args.size() > 1 ? args[1] : abi::Null();
  const int64_t base = given.kind == abi::ValueKind::kInt ? given.payload.i64 : 0;
  if (base == 0 || base == 10) {
    text = Trim(text);
    if (std::count(text.begin(), text.end(), '.') == 1) return ParseNumber(text);
  }
  if (text.starts_with("0x") && (base == 0 || base == 16)) return ParseDigits("", text.substr(2), 16);
  const size_t signs = std::min(text.find_first_not_of("+-"), text.size());
  const std::string_view digits = text.substr(signs);
  const bool plain = !digits.empty() && std::all_of(digits.begin(), digits.end(), ascii::IsDigit);
  if (!plain || signs > 1 || base < 0 || base == 1 || base > 36) return abi::Null();
  return ParseDigits(text.substr(0, signs), digits, base == 0 ? 10 : static_cast<int>(base));
}

}  // namespace

extern const Function kPythonNumber = {
    .name = "python.number",
    .help = "The number that `source` says in `base`, or in base 16 after `0x`; null when it says none.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
