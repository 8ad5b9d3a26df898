// Types of fields, by the names that Elasticsearch's mappings give them.
#pragma once

#include <cstdint>
#include <string_view>

namespace eqlc {

// What types have in common where values are compared.
enum class FieldFamily : uint8_t { kUnknown, kText, kNumber, kBool, kIp, kDate, kVersion, kObject, kNested, kOther };

// Columns: name, name in mappings, name in Elasticsearch's messages, family.
#define EQLC_FIELD_TYPES(X)                                 \
  X(Unknown, "", "any", Unknown)                            \
  X(Keyword, "keyword", "keyword", Text)                    \
  X(ConstantKeyword, "constant_keyword", "keyword", Text)   \
  X(Wildcard, "wildcard", "keyword", Text)                  \
  X(Text, "text", "text", Text)                             \
  X(MatchOnlyText, "match_only_text", "text", Text)         \
  X(Byte, "byte", "byte", Number)                           \
  X(Short, "short", "short", Number)                        \
  X(Integer, "integer", "integer", Number)                  \
  X(Long, "long", "long", Number)                           \
  X(UnsignedLong, "unsigned_long", "unsigned_long", Number) \
  X(HalfFloat, "half_float", "half_float", Number)          \
  X(Float, "float", "float", Number)                        \
  X(Double, "double", "double", Number)                     \
  X(ScaledFloat, "scaled_float", "scaled_float", Number)    \
  X(Boolean, "boolean", "boolean", Bool)                    \
  X(Ip, "ip", "ip", Ip)                                     \
  X(Date, "date", "datetime", Date)                         \
  X(DateNanos, "date_nanos", "datetime", Date)              \
  X(Version, "version", "version", Version)                 \
  X(Object, "object", "object", Object)                     \
  X(Nested, "nested", "nested", Nested)                     \
  X(Other, "", "unsupported", Other) /* a type that EQL cannot use; the schema keeps its name */

enum class FieldType : uint8_t {
#define X(name, mapping, message, family) k##name,
  EQLC_FIELD_TYPES(X)
#undef X
};

struct FieldTypeInfo {
  std::string_view mapping_name;
  std::string_view message_name;
  FieldFamily family;
};
const FieldTypeInfo& GetFieldTypeInfo(FieldType type);

inline FieldFamily FamilyOf(FieldType type) { return GetFieldTypeInfo(type).family; }

// kOther for a name that is none of the above.
FieldType FieldTypeOf(std::string_view mapping_name);

}  // namespace eqlc
