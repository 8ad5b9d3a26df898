// Tested by tests/unit/runtime/value/json_test.cpp.
#include "runtime/value/json.h"

#include <fmt/format.h>

#include <cmath>

#include "runtime/value/json_text.h"

namespace eqlc {
namespace {

std::string DoubleToJson(double number) {
  if (!std::isfinite(number)) return "null";
  std::string text = fmt::format("{}", number);
  // A double stays one for whoever reads the text.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string StringToJson(std::string_view text) {
  std::string out;
  json::AppendString(out, text);
  return out;
}

}  // namespace

std::string ToJson(const abi::Value& value) {
  switch (value.kind) {
    case abi::ValueKind::kNull:
      return "null";
    case abi::ValueKind::kBool:
      return value.truth() ? "true" : "false";
    case abi::ValueKind::kInt:
      return std::to_string(value.payload.i64);
    case abi::ValueKind::kUint:
      return std::to_string(value.payload.u64);
    case abi::ValueKind::kDouble:
      return DoubleToJson(value.payload.f64);
    case abi::ValueKind::kString:
      return StringToJson(value.text());
    case abi::ValueKind::kJson:
      return std::string(value.text());
  }
  return "null";
}

}  // namespace eqlc
