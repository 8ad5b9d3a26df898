// Tested by tests/unit/runtime/event/decoder_test.cpp.
#include "runtime/value/field_reading.h"

#include "runtime/value/date.h"

namespace eqlc {

abi::Value FieldReading::Read(const abi::Value& value) const noexcept {
  if (value.is_null()) return null_value;
  if (date_formats.empty()) return value;
  const abi::Value millis = CountOfDate(value, date_formats, DateUnit::kMillis);
  return millis.is_null() ? value : millis;
}

}  // namespace eqlc
