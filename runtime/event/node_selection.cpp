// Tested by tests/unit/runtime/event/decoder_test.cpp.
#include "runtime/event/node_selection.h"

#include "runtime/value/ascii.h"

namespace eqlc {

NodeSelection::NodeSelection(std::span<const std::string_view> fields, const FieldTrie& trie,
                             const FieldSelection& selection)
    : by_(selection.by), others_end_(selection.others_end), of_any_({NodeUse::kSkip}) {
  for (FieldTrie::NodeId node = 0; node < trie.node_count(); ++node) {
    const bool tells = by_ != abi::kNone && trie.field(node) == by_;
    const bool takes_text = trie.is_plain(node) && trie.field(node) != abi::kNone;
    of_any_.push_back(tells ? NodeUse::kTell : takes_text ? NodeUse::kTakeText : NodeUse::kTake);
  }
  if (by_ == abi::kNone) return;
  key_end_ = std::string(fields[by_].substr(fields[by_].rfind('.') + 1)) + '"';
  for (const FieldSelection::Kind& kind : selection.kinds) kinds_.push_back({kind.value, UsesOf(trie, kind.fields)});
  of_others_ = UsesOf(trie, selection.others);
}

std::vector<NodeUse> NodeSelection::UsesOf(const FieldTrie& trie, std::span<const uint64_t> fields) const {
  std::vector<NodeUse> uses = of_any_;
  const std::vector<bool> needed = trie.NodesOf(fields);
  for (size_t node = 0; node < needed.size(); ++node) {
    NodeUse& use = uses[node + 1];
    if (!needed[node] && use != NodeUse::kTell) use = NodeUse::kSkip;
  }
  return uses;
}

const NodeUse* NodeSelection::Of(const abi::EventFrame& frame) const {
  const abi::FieldSlot& slot = frame.slots[by_];
  if (slot.count != 1 || !frame.values[slot.first].is_string()) return of_any();
  const std::string_view value = frame.values[slot.first].text();
  for (const Kind& kind : kinds_) {
    if (kind.value.size() == value.size() && ascii::EqualFold(kind.value, value)) return kind.uses.data();
  }
  return of_others_.data();
}

}  // namespace eqlc
