// Tested by tests/unit/runtime/event/key_predictor_test.cpp.
#include "runtime/event/key_predictor.h"

#include <algorithm>
#include <functional>

namespace eqlc {

KeyPredictor::KeyPredictor() : entries_(1), table_(2 * kMaxEntries, kStart) {}

void KeyPredictor::Learn(NodeId node, std::string_view raw, NodeId child) {
  const uint32_t entry = raw.size() > kMaxKeyBytes ? kStart : EntryOf(node, raw, child);
  if (entry != kStart) entries_[last_].next = entry;
  last_ = entry;
}

uint32_t KeyPredictor::EntryOf(NodeId node, std::string_view raw, NodeId child) {
  const size_t mask = table_.size() - 1;
  size_t at = (std::hash<std::string_view>{}(raw) + node) & mask;
  for (; table_[at] != kStart; at = (at + 1) & mask) {
    const Entry& entry = entries_[table_[at]];
    if (entry.node == node && entry.key() == raw) return table_[at];
  }
  if (entries_.size() > kMaxEntries) return kStart;
  Entry& entry = entries_.emplace_back();
  entry.node = node;
  entry.child = child;
  entry.size = static_cast<uint32_t>(raw.size());
  std::ranges::copy(raw, entry.text.begin());
  table_[at] = static_cast<uint32_t>(entries_.size() - 1);
  return table_[at];
}

}  // namespace eqlc
