// What a Schema holds.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "compiler/schema/field_type.h"
#include "eqlc/schema.hpp"

namespace eqlc {

// A JSON scalar of a mapping; monostate: none.
using MappedScalar = std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string>;

struct SchemaField {
  FieldType type = FieldType::kUnknown;
  std::string type_name;    // as written
  std::string path;         // of the field that holds the values: another one for aliases and multi-fields
  std::string format;       // of dates; empty: the default
  MappedScalar null_value;  // what an explicit null counts as
};

struct Schema::Impl {
  std::unordered_map<std::string, SchemaField> fields;  // by dotted path
  std::string digest;                                   // of all that was read

  // Puts `json` over what is there. An Error says what is wrong and with which field.
  Status Read(std::string_view json);
};

}  // namespace eqlc
