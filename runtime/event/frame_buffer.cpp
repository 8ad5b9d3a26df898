// Values of a field lie together. A field that outgrows its room moves to the end of `values_` with twice the room, so
// the dead space is less than what lives. Tested by tests/unit/runtime/event/frame_buffer_test.cpp.
#include "runtime/event/frame_buffer.h"

#include <algorithm>

namespace eqlc {
namespace {

constexpr uint32_t kLastEpoch = UINT32_MAX / 2;  // the memo holds 2 * epoch + 1

}  // namespace

FrameBuffer::FrameBuffer(size_t field_count, size_t leaf_count) : slots_(field_count), memo_(leaf_count, 0) {}

void FrameBuffer::Clear() {
  for (const abi::FieldId field : touched_) slots_[field] = {};
  touched_.clear();
  used_ = 0;
  value_count_ = 0;
  scratch_.Clear();
  if (epoch_ == kLastEpoch) {
    std::fill(memo_.begin(), memo_.end(), 0);
    epoch_ = 0;
  }
  ++epoch_;
}

void FrameBuffer::Grow(abi::FieldSlot& slot) {
  const uint32_t more = slot.capacity;
  if (slot.first + slot.capacity == used_) {
    Take(more);
  } else {
    const uint32_t first = Take(slot.capacity + more);
    std::copy_n(values_.begin() + slot.first, slot.count, values_.begin() + first);
    slot.first = first;
  }
  slot.capacity += more;
}

const abi::EventFrame& FrameBuffer::frame() {
  frame_ = {slots_.data(), values_.data(), memo_.data(), &scratch_, epoch_, 0};
  return frame_;
}

}  // namespace eqlc
