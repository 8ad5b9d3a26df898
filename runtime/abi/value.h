// Value: one scalar of an event, a literal or an intermediate result. Shared with generated code, so plain and fixed.
//
//   0        8        12    13       16
//   | payload | size   | kind| unused |
//
// Tested by tests/unit/runtime/abi/layout_test.cpp; compiler/codegen/layout.cpp mirrors it in LLVM types.
#pragma once

#include <cstdint>
#include <string_view>

namespace eqlc::abi {

enum class ValueKind : uint8_t {
  kNull = 0,
  kBool,    // payload.i64: 0 or 1
  kInt,     // payload.i64
  kUint,    // payload.u64, always above INT64_MAX: every integer has one representation
  kDouble,  // payload.f64
  kString,  // payload.str, `size` bytes of UTF-8 (not verified), not terminated, not owned
  kJson,    // a list or object as the JSON text it stands in; as kString otherwise
};

struct Value {
  union Payload {
    int64_t i64;
    uint64_t u64;
    double f64;
    const char* str;
  } payload;
  uint32_t size;
  ValueKind kind;
  uint8_t unused[3];

  bool is_null() const { return kind == ValueKind::kNull; }
  bool is_string() const { return kind == ValueKind::kString; }
  bool is_number() const { return kind == ValueKind::kInt || kind == ValueKind::kUint || kind == ValueKind::kDouble; }

  bool is_json() const { return kind == ValueKind::kJson; }

  // REQUIRES: is_string() or is_json().
  std::string_view text() const { return {payload.str, size}; }
  // REQUIRES: kind == kBool.
  bool truth() const { return payload.i64 != 0; }
};

static_assert(sizeof(Value) == 16 && alignof(Value) == 8);

inline Value Null() { return {{.i64 = 0}, 0, ValueKind::kNull, {}}; }
inline Value Bool(bool b) { return {{.i64 = b}, 0, ValueKind::kBool, {}}; }
inline Value Int(int64_t i) { return {{.i64 = i}, 0, ValueKind::kInt, {}}; }
inline Value Uint(uint64_t u) {
  if (u <= uint64_t{INT64_MAX}) return Int(static_cast<int64_t>(u));
  return {{.u64 = u}, 0, ValueKind::kUint, {}};
}
inline Value Double(double d) { return {{.f64 = d}, 0, ValueKind::kDouble, {}}; }
// The text must outlive the value and be shorter than 4 GiB.
inline Value String(std::string_view s) {
  return {{.str = s.data()}, static_cast<uint32_t>(s.size()), ValueKind::kString, {}};
}
// As String.
inline Value Json(std::string_view s) {
  return {{.str = s.data()}, static_cast<uint32_t>(s.size()), ValueKind::kJson, {}};
}

}  // namespace eqlc::abi
