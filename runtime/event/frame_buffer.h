// FrameBuffer: the memory behind an EventFrame and the one writer of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/value/scratch.h"

namespace eqlc {

// Reused for every event of a session. Thread-safety: none.
class FrameBuffer {
 public:
  FrameBuffer(size_t field_count, size_t leaf_count);

  // Forgets the last event: all slots empty, scratch cleared, epoch advanced. Costs what the last event filled.
  void Clear();
  // Adds a value to a field; values of one field may come in any order among others'. Amortised constant.
  // False when kMaxValuesPerEvent is reached.
  bool Append(abi::FieldId field, abi::Value value);
  Scratch& scratch() { return scratch_; }

  // Valid until the next Clear or Append.
  const abi::EventFrame& frame();

 private:
  // More room for the values of a full slot.
  void Grow(abi::FieldSlot& slot);

  std::vector<abi::FieldSlot> slots_;
  std::vector<abi::Value> values_;
  std::vector<uint32_t> memo_;
  std::vector<abi::FieldId> touched_;
  Scratch scratch_;
  uint32_t value_count_ = 0;
  uint32_t epoch_ = 1;
  abi::EventFrame frame_{};
};

}  // namespace eqlc
