#include "runtime/match/event_values.h"

#include "runtime/match/value_key.h"
#include "runtime/value/ascii.h"

namespace eqlc {

void EventValues::Reset(const abi::EventFrame& frame) {
  frame_ = &frame;
  ++event_;
  folded_used_ = 0;
}

void EventValues::ComputeKey(uint32_t index, Entry& entry) {
  entry.key = KeyOf(value(index));
  entry.key_of = event_;
}

std::string_view EventValues::Folded(uint32_t index) {
  const std::string_view text = value(index).text();
  Entry& entry = At(index);
  if (entry.folded_of != event_) {
    if (folded_.size() - folded_used_ < text.size()) folded_.resize(2 * (folded_used_ + text.size()));
    ascii::FoldTo(text, folded_.data() + folded_used_);
    entry.folded = folded_used_;
    entry.folded_of = event_;
    folded_used_ += text.size();
  }
  return {folded_.data() + entry.folded, text.size()};
}

}  // namespace eqlc
