// Values of a field lie together. A field that outgrows its room moves to the end of `values_` with twice the room, so
// the dead space is less than what lives. Tested by tests/unit/runtime/event/frame_buffer_test.cpp.
#include "runtime/event/frame_buffer.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace eqlc {
namespace {

constexpr uint32_t kLastEpoch = UINT32_MAX / 2;  // the memo holds 2 * epoch + 1

}  // namespace

FrameBuffer::FrameBuffer(size_t field_count, size_t leaf_count, ElementLayout elements, size_t bound_values)
    : layout_(std::move(elements)),
      bound_room_(bound_values),
      slots_(field_count),
      values_(bound_values),
      memo_(leaf_count, 0),
      present_(bits::WordsFor(field_count)),
      elements_(layout_, slots_),
      used_(static_cast<uint32_t>(bound_room_)) {}

void FrameBuffer::Clear() {
  for (size_t w = 0; w < present_.size(); ++w) {
    for (uint64_t word = std::exchange(present_[w], 0); word != 0; word &= word - 1) {
      slots_[w * bits::kWordBits + static_cast<size_t>(std::countr_zero(word))] = {};
    }
  }
  Unbind();
  elements_.Clear();
  used_ = static_cast<uint32_t>(bound_room_);
  value_count_ = 0;
  scratch_.Clear();
  if (epoch_ == kLastEpoch) {
    std::fill(memo_.begin(), memo_.end(), 0);
    epoch_ = 0;
  }
  ++epoch_;
}

void FrameBuffer::MakeRoom() { values_.resize(2 * size_t{used_}); }

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

void FrameBuffer::Bind(abi::FieldId field, std::span<const abi::Value> values) {
  const size_t count = std::min(values.size(), bound_room_ - bound_count_);
  std::copy_n(values.begin(), count, values_.begin() + static_cast<ptrdiff_t>(bound_count_));
  slots_[field] = {static_cast<uint32_t>(bound_count_), static_cast<uint32_t>(count), 0, 0};
  bound_count_ += count;
  bound_.push_back(field);
}

void FrameBuffer::Unbind() {
  for (const abi::FieldId field : bound_) slots_[field] = {};
  bound_.clear();
  bound_count_ = 0;
}

const abi::EventFrame& FrameBuffer::frame() {
  frame_ = {slots_.data(), values_.data(), memo_.data(), &scratch_, epoch_, 0, &elements_, present_.data()};
  return frame_;
}

}  // namespace eqlc
