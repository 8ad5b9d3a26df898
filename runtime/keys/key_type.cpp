// Tested by tests/unit/runtime/keys/key_test.cpp.
#include "runtime/keys/key_type.h"

#include <optional>

#include "runtime/value/cidr.h"
#include "runtime/value/compare.h"
#include "runtime/value/date.h"
#include "runtime/value/number.h"
#include "runtime/value/timestamp.h"

namespace eqlc {
namespace {

using abi::KeyType;
using abi::Value;

Value TextKey(const Value& value, std::string& text) {
  NumberBuffer buffer;
  text = TextOf(value, buffer);
  return abi::String(text);
}

Value NumberKey(const Value& value) {
  const Value number = value.is_string() ? ParseNumber(value.text()) : abi::Null();
  return number.is_null() ? value : number;
}

Value BoolKey(const Value& value) {
  if (!value.is_string() || (value.text() != "true" && value.text() != "false")) return value;
  return abi::Bool(value.text() == "true");
}

Value IpKey(const Value& value, std::string& text) {
  const std::optional<IpAddress> address = value.is_string() ? ParseIp(value.text()) : std::nullopt;
  // A dotted quad has one spelling.
  if (!address || value.text().find(':') == std::string_view::npos) return value;
  text = FormatIp(*address);
  return abi::String(text);
}

// As ISO-8601 text, which is how Elasticsearch shows a key that is a date.
Value DateKey(const Value& value, DateUnit unit, std::string& text) {
  constexpr int64_t kNanosPerMilli = 1'000'000;
  const Value count = CountOfDate(value, kDefaultDateFormats, unit);
  if (count.is_null()) return value;
  int64_t nanos = 0;
  if (__builtin_mul_overflow(count.payload.i64, unit == DateUnit::kMillis ? kNanosPerMilli : 1, &nanos)) return value;
  text = FormatTimestamp(nanos);
  return abi::String(text);
}

Value EpochKey(const Value& value) {
  const Value millis = CountOfDate(value, kDefaultDateFormats, DateUnit::kMillis);
  return millis.is_null() ? value : millis;
}

}  // namespace

Value KeyValue(const Value& value, KeyType type, std::string& text) {
  if (value.is_null()) return value;
  switch (type) {
    case KeyType::kAsIs:
      return value;
    case KeyType::kText:
      return value.is_string() ? value : TextKey(value, text);
    case KeyType::kNumber:
      return NumberKey(value);
    case KeyType::kBool:
      return BoolKey(value);
    case KeyType::kIp:
      return IpKey(value, text);
    case KeyType::kDateMillis:
      return DateKey(value, DateUnit::kMillis, text);
    case KeyType::kDateNanos:
      return DateKey(value, DateUnit::kNanos, text);
    case KeyType::kEpochMillis:
      return EpochKey(value);
  }
  return value;
}

}  // namespace eqlc
