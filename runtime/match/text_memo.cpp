// Tested by tests/unit/runtime/match/text_memo_test.cpp.
#include "runtime/match/text_memo.h"

#include <algorithm>
#include <utility>

#include "runtime/value/words.h"

namespace eqlc {
namespace {

constexpr size_t kFirstSlots = 16;

}  // namespace

uint32_t TextMemo::Find(uint64_t key, std::string_view text) const {
  if (slots_.empty()) return kNone;
  size_t at = FirstPlace(key);
  for (size_t probe = 0; probe < kMaxProbes && slots_[at].number != kNone; ++probe) {
    const Slot& slot = slots_[at];
    if (slot.key == key && words::Equal({texts_.data() + slot.text, slot.size}, text)) return slot.number;
    at = (at + 1) & (slots_.size() - 1);
  }
  return kNone;
}

void TextMemo::Add(uint64_t key, std::string_view text, uint32_t number) {
  if (2 * (used_ + 1) > slots_.size()) Grow();
  if (!Insert({key, static_cast<uint32_t>(texts_.size()), static_cast<uint32_t>(text.size()), number})) return;
  texts_.insert(texts_.end(), text.begin(), text.end());
}

size_t TextMemo::FirstPlace(uint64_t key) const {
  return (key * 0x9E3779B97F4A7C15 >> 32) & (slots_.size() - 1);  // 2^64 / golden ratio
}

bool TextMemo::Insert(const Slot& slot) {
  size_t at = FirstPlace(slot.key);
  for (size_t probe = 0; probe < kMaxProbes; ++probe) {
    if (slots_[at].number == kNone) {
      slots_[at] = slot;
      ++used_;
      return true;
    }
    at = (at + 1) & (slots_.size() - 1);
  }
  return false;
}

void TextMemo::Grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(std::max(kFirstSlots, 2 * slots_.size())));
  used_ = 0;
  for (const Slot& slot : old) {
    if (slot.number != kNone) Insert(slot);
  }
}

}  // namespace eqlc
