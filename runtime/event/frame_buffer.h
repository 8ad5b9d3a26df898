// FrameBuffer: the memory behind an EventFrame and the one writer of it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/abi/bits.h"
#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/event/element_table.h"
#include "runtime/value/scratch.h"

namespace eqlc {

// Reused for every event of a session. Thread-safety: none.
class FrameBuffer {
 public:
  // `bound_values`: room for Bind.
  FrameBuffer(size_t field_count, size_t leaf_count, ElementLayout elements = {}, size_t bound_values = 0);
  FrameBuffer(const FrameBuffer&) = delete;
  FrameBuffer& operator=(const FrameBuffer&) = delete;

  // Forgets the last event: all slots empty, scratch cleared, epoch advanced. Costs what the last event filled.
  void Clear();
  // Adds a value to a field; values of one field may come in any order among others'. Amortised constant.
  // False when kMaxValuesPerEvent is reached. REQUIRES: value is not null.
  [[gnu::always_inline]] bool Append(abi::FieldId field, const abi::Value& value) {
    if (value_count_ == limits::kMaxValuesPerEvent) return false;
    ++value_count_;
    abi::FieldSlot& slot = slots_[field];
    uint32_t place;
    if (slot.capacity == 0) {
      bits::Set(present_.data(), field);
      place = Take(1);
      slot.first = place;
      slot.count = slot.capacity = 1;
    } else {
      if (slot.count == slot.capacity) Grow(slot);
      place = slot.first + slot.count++;
    }
    // Slot and value part by part, from registers: as a whole they would wait for their parts to be put together.
    abi::Value& to = values_[place];
    to.payload = value.payload;
    to.size = value.size;
    to.kind = value.kind;
    return true;
  }
  Scratch& scratch() { return scratch_; }
  abi::ElementTable& elements() { return elements_; }

  // Gives values to a field that the event itself has none for. Texts must outlive the binding. What exceeds the room
  // is left out. Frames that were handed out stay valid.
  void Bind(abi::FieldId field, std::span<const abi::Value> values);
  // Takes back what Bind gave.
  void Unbind();

  // Valid until the next Clear or Append.
  const abi::EventFrame& frame();

 private:
  // The first of `count` places behind those in use.
  uint32_t Take(uint32_t count) {
    const uint32_t first = used_;
    used_ += count;
    if (used_ > values_.size()) MakeRoom();
    return first;
  }
  void MakeRoom();
  // More room for the values of a full slot.
  void Grow(abi::FieldSlot& slot);

  const ElementLayout layout_;
  const size_t bound_room_;
  std::vector<abi::FieldSlot> slots_;
  std::vector<abi::Value> values_;  // used_ of them; the first bound_room_ are Bind's, so that binding moves nothing
  std::vector<uint32_t> memo_;
  std::vector<uint64_t> present_;  // bits by FieldId: slots that are filled, bound ones not counted
  std::vector<abi::FieldId> bound_;
  size_t bound_count_ = 0;  // values in use at the front
  abi::ElementTable elements_;
  Scratch scratch_;
  uint32_t used_ = 0;
  uint32_t value_count_ = 0;
  uint32_t epoch_ = 1;
  abi::EventFrame frame_{};
};

}  // namespace eqlc
