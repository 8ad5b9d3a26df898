// The sequence helpers of runtime/abi/native.h: C names for the steps of SequenceState.
#include "runtime/abi/native.h"
#include "runtime/sequence/state.h"

using eqlc::abi::EventFrame;
using eqlc::abi::KeyState;
using eqlc::abi::SequenceState;
using eqlc::abi::Value;

extern "C" {

uint32_t eqlc_seq_keys(SequenceState* state, const EventFrame* frame, uint32_t item) noexcept {
  return state->Keys(*frame, item);
}

void eqlc_seq_single_key(SequenceState* state, uint32_t item, const Value* const* values) noexcept {
  state->SetSingleKey(item, {values, state->plan().key_count});
}

KeyState* eqlc_seq_find(SequenceState* state, uint32_t index, uint8_t create) noexcept {
  return state->Find(index, create != 0);
}

void eqlc_seq_start(SequenceState* state, KeyState* key, int64_t timestamp_ns) noexcept {
  state->Start(key, timestamp_ns);
}

void eqlc_seq_extend(SequenceState* state, KeyState* key, uint32_t item, uint32_t stage,
                     int64_t timestamp_ns) noexcept {
  state->Extend(key, item, stage, timestamp_ns);
}

void eqlc_seq_clear(SequenceState* state, KeyState* key) noexcept { state->Clear(key); }

void eqlc_seq_missing(SequenceState* state, const EventFrame* frame, uint32_t item, int64_t timestamp_ns) noexcept {
  state->Missing(*frame, item, timestamp_ns);
}
}
