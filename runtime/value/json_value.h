// Lists and objects as values: the text of an event's JSON, read where it stands (docs/semantics.md section 11.2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "runtime/abi/value.h"
#include "runtime/value/compare.h"
#include "runtime/value/scratch.h"

namespace eqlc {

// The value of a JSON text: a scalar, or a kJson value for a list or object; null for anything else. A string with
// escapes is decoded into `scratch`; all other texts point into `json`.
abi::Value FromJson(std::string_view json, Scratch& scratch) noexcept;

// Appends the one JSON text of all lists or objects that are equal as keys: texts decoded, without case when `fold`,
// numbers by value, no blanks. Members of objects keep their order. Any other JSON text has one, too.
void AppendCanonical(std::string& out, std::string_view json, bool fold);

// The element of a list by number or the member of an object by name; null when there is none.
abi::Value At(const abi::Value& container, const abi::Value& key, Scratch& scratch) noexcept;

// Elements of a list or members of an object. REQUIRES: container.is_json().
size_t CountItems(const abi::Value& container) noexcept;

bool IsList(const abi::Value& value) noexcept;

// Python's truth of a value: false for zero and for what is empty; unknown for null.
Tri Truth(const abi::Value& value) noexcept;

}  // namespace eqlc
