// number: the number that a text says.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <charconv>

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source", .type = ParamType::kString},
    {.name = "base", .type = ParamType::kInteger, .optional = true},
};

constexpr FunctionExample kExamples[] = {
    {R"(number("4711"))", "4711"},      {R"(number("-2.5"))", "-2.5"},  {R"(number("0xff"))", "255"},
    {R"(number("-0x10"))", "-16"},      {R"(number("ff", 16))", "255"}, {R"(number("0xff", 16))", "255"},
    {R"(number("777", 8))", "511"},     {R"(number("8", 8))", "null"},  {R"(number("  12 "))", "12"},
    {R"(number("12 apples"))", "null"}, {R"(number(""))", "null"},      {R"(number("17", null))", "17"},
    {"number(null)", "null"},
};

bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Signed digits in a base from 2 to 36.
abi::Value ParseInteger(std::string_view sign, std::string_view digits, int base) {
  uint64_t magnitude = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, magnitude, base);
  if (result.ec != std::errc() || result.ptr != end) return abi::Null();
  const abi::Value number = abi::Uint(magnitude);
  return sign == "-" ? Negate(number) : number;
}

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null()) return abi::Null();
  const std::string_view text = args[0].text();
  const size_t sign_size = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  const std::string_view sign = text.substr(0, sign_size), digits = text.substr(sign_size);
  const bool hexadecimal = ascii::StartsWith(digits, "0x", true);
  if (args.size() < 2 || args[1].is_null()) {
    return hexadecimal ? ParseInteger(sign, digits.substr(2), 16) : ParseNumber(Trim(text));
  }
  const abi::Value& base = args[1];
  if (base.kind != abi::ValueKind::kInt || base.payload.i64 < 2 || base.payload.i64 > 36) return abi::Null();
  if (base.payload.i64 == 10) return ParseNumber(Trim(text));
  return ParseInteger(sign, base.payload.i64 == 16 && hexadecimal ? digits.substr(2) : digits,
                      static_cast<int>(base.payload.i64));
}

}  // namespace

extern const Function kNumber = {
    .name = "number",
    .help = "The number that `source` says, in base 10 (16 after `0x`) or in `base`; null when it says none.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
