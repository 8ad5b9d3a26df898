// Tested by tests/unit/runtime/event/key_predictor_test.cpp.
#include "runtime/event/key_predictor.h"

#include <algorithm>
#include <functional>

namespace eqlc {

KeyPredictor::KeyPredictor() : entries_(1), table_(2 * kMaxEntries, kStart) {}

void KeyPredictor::Forget() {
  entries_.assign(1, {});
  std::ranges::fill(table_, kStart);
  last_ = kStart;
}

size_t KeyPredictor::PlaceOf(NodeId node, std::string_view raw) const {
  const size_t mask = table_.size() - 1;
  size_t at = (std::hash<std::string_view>{}(raw) + node) & mask;
  for (; table_[at] != kStart; at = (at + 1) & mask) {
    const Entry& entry = entries_[table_[at]];
    if (entry.node == node && entry.key() == raw) break;
  }
  return at;
}

void KeyPredictor::Follow(uint16_t entry) {
  auto& next = entries_[last_].next;
  if (next[0] != entry) next = {entry, next[0], next[1]};
  last_ = entry;
}

const KeyPredictor::NodeId* KeyPredictor::Recall(NodeId node, std::string_view raw) {
  if (!IsRemembered(raw)) return nullptr;
  const uint16_t known = table_[PlaceOf(node, raw)];
  if (known == kStart) return nullptr;
  Follow(known);
  return &entries_[known].child;
}

void KeyPredictor::Learn(NodeId node, std::string_view raw, NodeId child) {
  if (!IsRemembered(raw)) return;  // the key behind it will be expected behind the one before it
  if (entries_.size() == kMaxEntries) Forget();
  Entry& entry = entries_.emplace_back();
  entry.node = node;
  entry.child = child;
  entry.size = static_cast<uint8_t>(raw.size() + 2);
  entry.text[0] = '"';
  std::ranges::copy(raw, entry.text.begin() + 1);
  entry.text[raw.size() + 1] = '"';
  entry.text[raw.size() + 2] = ':';
  const auto number = static_cast<uint16_t>(entries_.size() - 1);
  table_[PlaceOf(node, raw)] = number;
  Follow(number);
}

}  // namespace eqlc
