// EventFrame: what one event looks like to conditions. Filled by runtime/event, read by the interpreter and by
// generated code.
//
// One slot per field that the program uses (FieldId is the index). A field holds a multiset of scalars
// (docs/semantics.md section 3.1); a missing field has count 0; null values are never stored.
//
//   slots   [FieldId] -> { first, count }
//   values  [first .. first+count)
//   present [FieldId / 64] bit FieldId % 64
//   memo    [LeafId]  -> 2*epoch: false, 2*epoch+1: true, anything else: not evaluated for this event
#pragma once

#include <cstdint>

#include "runtime/abi/value.h"

namespace eqlc {
class Scratch;
}

namespace eqlc::abi {

// Which values belong to which element of an array. Opaque: runtime/event/element_table.h.
struct ElementTable;

struct FieldSlot {
  uint32_t first;
  uint32_t count;
  uint32_t capacity;  // room reserved at `first`; the frame's writer alone reads it
  uint32_t unused;
};

struct EventFrame {
  const FieldSlot* slots;
  const Value* values;
  uint32_t* memo;
  // Where strings computed for this event live (runtime/value/scratch.h); cleared between events.
  eqlc::Scratch* scratch;
  // Changes with every event, is never 0, and wraps only after the memo was cleared.
  uint32_t epoch;
  uint32_t unused;
  ElementTable* elements;
  // Bit [FieldId] is set for the fields that the event itself has values for.
  const uint64_t* present;
};

static_assert(sizeof(FieldSlot) == 16 && sizeof(EventFrame) == 56);

}  // namespace eqlc::abi
