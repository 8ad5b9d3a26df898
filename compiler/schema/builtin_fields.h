// The fields that eqlc knows without a schema: ECS and what Elastic Defend adds.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/schema/field_type.h"

namespace eqlc {

// By dotted path. Coarse: every text is kKeyword and every number kLong; kUnknown for what has no type to compare by.
const std::unordered_map<std::string_view, FieldType>& BuiltinFields();

// Their paths, sorted.
const std::vector<std::string_view>& BuiltinPaths();

}  // namespace eqlc
