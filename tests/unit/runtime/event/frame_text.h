// An event frame as text, in the notation of json_oracle.h.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/frame.h"
#include "tests/unit/runtime/event/json_oracle.h"

namespace eqlc::testing {

inline std::string RenderValue(const abi::Value& value) {
  switch (value.kind) {
    case abi::ValueKind::kNull:
      return "null";
    case abi::ValueKind::kBool:
      return value.truth() ? "b:1" : "b:0";
    case abi::ValueKind::kInt:
      return "i:" + std::to_string(value.payload.i64);
    case abi::ValueKind::kUint:
      return "u:" + std::to_string(value.payload.u64);
    case abi::ValueKind::kDouble:
      return RenderDouble(value.payload.f64);
    case abi::ValueKind::kString:
      return "s:" + std::string(value.text());
    case abi::ValueKind::kJson:
      return "j:" + std::string(value.text());
  }
  return "?";
}

inline std::vector<std::string> RenderField(const abi::EventFrame& frame, abi::FieldId field) {
  std::vector<std::string> values;
  const abi::FieldSlot& slot = frame.slots[field];
  for (uint32_t i = 0; i < slot.count; ++i) values.push_back(RenderValue(frame.values[slot.first + i]));
  return values;
}

inline FlatEvent RenderFrame(const abi::EventFrame& frame, std::span<const std::string_view> fields) {
  FlatEvent event;
  for (size_t i = 0; i < fields.size(); ++i) {
    auto values = RenderField(frame, static_cast<abi::FieldId>(i));
    if (!values.empty()) event.emplace(fields[i], std::move(values));
  }
  return event;
}

}  // namespace eqlc::testing
