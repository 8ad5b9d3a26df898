// FieldRole: where the values of a field come from. Most are read from the event; the others are views of such fields,
// or are set by the runtime, and take part in conditions like any field.
#pragma once

#include <cstdint>

namespace eqlc::abi {

enum class FieldRole : uint32_t {
  kValue,     // the scalars along a path of the event
  kElements,  // the elements of the arrays along a path: the slot counts them and holds no values
  kMember,    // a kValue or kElements field, as far as it belongs to the element that a scope is bound to
  kAlias,     // the scalars along a path of an earlier event of the partial sequence that the event may go on
  kLineage,   // true when the event's process stands in a relation to processes seen before; else missing
  kWhole,     // the one value at a path of the event, an array or object included; no path leads through arrays
  kRow,       // the same of another event of a pipe's row; in conditions it is missing
  kComputed,  // set by an ImageComputed
};
inline constexpr uint32_t kFieldRoleCount = 8;

// The slots of these change while conditions of one event are evaluated, so a leaf that reads one is never memoised.
inline bool IsBound(FieldRole role) { return role == FieldRole::kMember || role == FieldRole::kAlias; }

// Set when the event is decoded, and the same for everything that is asked of it.
inline bool IsDecoded(FieldRole role) {
  return role == FieldRole::kValue || role == FieldRole::kElements || role == FieldRole::kWhole;
}

}  // namespace eqlc::abi
