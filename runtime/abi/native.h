// The contract between generated code and the runtime: what generated code exports, what it is given, and what it may
// call. Every helper is noexcept, takes no ownership, and is called by its C name. No address is a constant in
// generated code: everything comes through the arguments, so object code can be cached and moved.
#pragma once

#include <atomic>
#include <cstdint>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/abi/sequence.h"
#include "runtime/abi/value.h"

namespace eqlc::abi {

inline constexpr uint32_t kNativeVersion = 6;  // changes with every change of abi/

// What generated code reads of the linked program.
struct ProgramTables {
  const Value* literals;         // [LiteralId]
  const void* const* matchers;   // [ExprId]: ValueSet of kIn, GlobSet of kLike, RegexSet of kRegex, CidrSet of a
                                 // cidrMatch call with constant blocks; null for other nodes
  const void* const* functions;  // [FunctionId]: Function of runtime/functions/function.h
};

using ConditionFn = bool (*)(const EventFrame*, const ProgramTables*) noexcept;

// Advances one sequence rule by one event. Bit i of `hits` is set when item i of the rule (missing ones included,
// `until` behind the last) matches the event. Items with an index of 63 and above share bit 63 and are not compiled:
// such rules run in the interpreter.
//
// A positive item with `runs` = r stands for r stages in a row; stages are numbered over the positive items alone. The
// transition does, in this order (docs/semantics.md sections 5.3 and 5.7; runtime/sequence/machine.cpp is the model):
//   1. for each positive item that hits, from the last to the first:
//        for each join key of the event under the item's keys (eqlc_seq_keys or eqlc_seq_single_key):
//          key = eqlc_seq_find(index, create = the item has stage 0); none: next key
//          for each stage s of the item, from the last to the first:
//            s == 0:  eqlc_seq_start
//            key->slots[s - 1] is null:  nothing
//            otherwise:                  eqlc_seq_extend(s)
//   2. for each missing item that hits, in any order: eqlc_seq_missing
//   3. (before 1 in rules that say so) `until`, if it hits: for each join key under its keys: eqlc_seq_find(create =
//   0), and eqlc_seq_clear if found
// Timestamps of events are within +-2^62. A KeyState stays valid until the transition returns, so items with the same
// keys may share one lookup made with create = 1. The runtime has advanced the clock and released what is due before
// the call, and tidies up behind it.
using AdvanceFn = void (*)(SequenceState*, const EventFrame*, uint64_t hits, int64_t timestamp_ns) noexcept;

// Where the address of one generated function stands, or null while the interpreter must be used. A slot may be filled
// or overwritten with better code at any time, by a thread that compiles: written with release, read with acquire, and
// read anew for each event. Code that once stood in a slot stays callable as long as the program.
using ConditionSlot = std::atomic<ConditionFn>;
using AdvanceSlot = std::atomic<AdvanceFn>;
static_assert(ConditionSlot::is_always_lock_free && AdvanceSlot::is_always_lock_free);

// Machine code of a program.
struct NativeTables {
  const ConditionSlot* conditions;  // [ConditionId]
  const AdvanceSlot* advance;       // [rule index]
};

}  // namespace eqlc::abi

extern "C" {
// --- values (runtime/value/native_helpers.cpp; eqlc_call: runtime/functions/function.cpp) ---
// Tri-state results: 0 false, 1 true, 2 null.

// `op` in both: the operator with its flags, as PackOp (expr.h) packs them.
// a op b for kEq..kGe, with all conversions of docs/semantics.md section 3.5.
uint8_t eqlc_compare(uint8_t op, const eqlc::abi::Value* a, const eqlc::abi::Value* b) noexcept;
// out = a op b for kAdd..kMod; null on overflow, division by zero or a non-number.
void eqlc_arith(uint8_t op, const eqlc::abi::Value* a, const eqlc::abi::Value* b, eqlc::abi::Value* out) noexcept;
uint8_t eqlc_in_set(const void* value_set, const eqlc::abi::Value* v) noexcept;
uint8_t eqlc_like(const void* glob_set, const eqlc::abi::Value* v) noexcept;
uint8_t eqlc_regex(const void* regex_set, const eqlc::abi::Value* v) noexcept;
uint8_t eqlc_cidr(const void* cidr_set, const eqlc::abi::Value* v) noexcept;
// out = function(args...); `fold` is the `~` form. Strings of the result live in the frame's scratch.
// `function` is an entry of ProgramTables::functions.
void eqlc_call(const eqlc::abi::EventFrame* frame, const void* function, uint8_t fold, const eqlc::abi::Value* args,
               uint32_t arg_count, eqlc::abi::Value* out) noexcept;

// --- array searches (runtime/event/native_helpers.cpp) ---
// Points the member fields of `scope` at the values of one element. `element` counts as the slot of the scope's array
// does: first .. first + count - 1.
void eqlc_bind_element(const eqlc::abi::EventFrame* frame, uint32_t scope, uint32_t element) noexcept;

// --- sequences (runtime/sequence/native_helpers.cpp) ---
// `item` counts all items of the rule, missing ones included; `until` is behind the last.
// Extracts the join keys of item `item` from the frame. Returns how many keys the event has for it (0: the item
// ignores the event; more than one for multi-valued key fields). Valid until the next call for the same state.
uint32_t eqlc_seq_keys(eqlc::abi::SequenceState* state, const eqlc::abi::EventFrame* frame, uint32_t item) noexcept;
// The same for item `item` of an event whose key fields have at most one value each, already fetched by generated code:
// `values` has one pointer per key, null where an optional key is missing. Hashes and stores them as the only key.
void eqlc_seq_single_key(eqlc::abi::SequenceState* state, uint32_t item,
                         const eqlc::abi::Value* const* values) noexcept;
// The state of key `index` of the last eqlc_seq_keys or eqlc_seq_single_key; null when there is none and `create` is 0,
// or no memory is left.
eqlc::abi::KeyState* eqlc_seq_find(eqlc::abi::SequenceState* state, uint32_t index, uint8_t create) noexcept;
// Puts a new partial with the current event into slot 0 (overwriting), or completes it when the rule has one stage.
void eqlc_seq_start(eqlc::abi::SequenceState* state, eqlc::abi::KeyState* key, int64_t timestamp_ns) noexcept;
// `stage` belongs to `item`; p is the partial in slot `stage - 1`:
//   timestamp_ns is before p's last event:                             nothing (late event: p stays as it is)
//   the item has a residual condition that does not hold for p:        nothing
//   bound, and timestamp_ns is more than maxspan behind p's first one: the slot is emptied
//   otherwise: p leaves the slot, is given the current event, and goes into slot `stage`, or is complete when that is
//              the last stage
// REQUIRES: the slot is not empty.
void eqlc_seq_extend(eqlc::abi::SequenceState* state, eqlc::abi::KeyState* key, uint32_t item, uint32_t stage,
                     int64_t timestamp_ns) noexcept;
// Empties all slots of the key (`until`).
void eqlc_seq_clear(eqlc::abi::SequenceState* state, eqlc::abi::KeyState* key) noexcept;
// Records a hit of missing item `item` for the event's keys under it, which it extracts itself: keys extracted before
// are gone (docs/semantics.md section 5.6).
void eqlc_seq_missing(eqlc::abi::SequenceState* state, const eqlc::abi::EventFrame* frame, uint32_t item,
                      int64_t timestamp_ns) noexcept;
}
