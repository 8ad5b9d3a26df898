// FieldReading: how a field's text in an event becomes values, where a mapping says more than JSON does.
#pragma once

#include <string_view>

#include "runtime/abi/value.h"

namespace eqlc {

struct FieldReading {
  abi::Value null_value = abi::Null();  // what an explicit null counts as
  std::string_view date_formats;        // empty: texts are texts

  bool is_plain() const { return null_value.is_null() && date_formats.empty(); }

  // The value that `value`, as JSON has it, counts as. Texts that are no date stay as they are.
  abi::Value Read(const abi::Value& value) const noexcept;
};

}  // namespace eqlc
