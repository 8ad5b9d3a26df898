// Tested by tests/unit/runtime/value/json_test.cpp.
#include "runtime/value/json.h"

#include <fmt/format.h>

#include <cmath>

namespace eqlc {
namespace {

std::string DoubleToJson(double number) {
  if (!std::isfinite(number)) return "null";
  std::string text = fmt::format("{}", number);
  // A double stays one for whoever reads the text.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

std::string JsonString(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    }
  }
  return out += '"';
}

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
      return JsonString(value.text());
    case abi::ValueKind::kJson:
      return std::string(value.text());
  }
  return "null";
}

}  // namespace eqlc
