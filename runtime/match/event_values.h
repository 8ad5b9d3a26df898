// EventValues: what the rule index works out about the values of one event, each thing once and only when asked for.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"

namespace eqlc {

// Thread-safety: none (one per session).
class EventValues {
 public:
  // Starts the next event. `frame` must live, unchanged, until the next Reset.
  void Reset(const abi::EventFrame& frame);

  const abi::EventFrame& frame() const { return *frame_; }
  const abi::FieldSlot& slot(abi::FieldId field) const { return frame_->slots[field]; }
  const abi::Value& value(uint32_t index) const { return frame_->values[index]; }

  // Of the value at `index` of the frame's values, as KeyOf in value_key.h.
  uint64_t Key(uint32_t index) {
    Entry& entry = At(index);
    if (entry.key_of != event_) ComputeKey(index, entry);
    return entry.key;
  }
  // Its text without ASCII case. REQUIRES: the value is a text. Valid until the next call of Folded.
  std::string_view Folded(uint32_t index);

 private:
  struct Entry {
    uint64_t key_of = 0;     // the event that `key` is of
    uint64_t folded_of = 0;  // the event that `folded` is of
    uint64_t key = 0;
    size_t folded = 0;  // offset in folded_
  };
  Entry& At(uint32_t index) {
    if (index >= entries_.size()) entries_.resize(2 * size_t{index} + 16);
    return entries_[index];
  }
  void ComputeKey(uint32_t index, Entry& entry);

  const abi::EventFrame* frame_ = nullptr;
  uint64_t event_ = 0;  // counts up
  std::vector<Entry> entries_;
  std::vector<char> folded_;
  size_t folded_used_ = 0;
};

}  // namespace eqlc
