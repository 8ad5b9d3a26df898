// NodeSelection: a FieldSelection in terms of the trie that the decoder walks along.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/frame.h"
#include "runtime/event/field_selection.h"
#include "runtime/event/field_trie.h"

namespace eqlc {

// What becomes of the values below a node.
enum class NodeUse : uint8_t {
  kSkip,
  kTake,
  kTakeText,  // taken; a text is a value of the node's field and nothing else
  kTell,      // taken, and they tell the kind of the event
};

// Immutable. Thread-safety: safe together.
class NodeSelection {
 public:
  // `fields` are those of the trie.
  NodeSelection(std::span<const std::string_view> fields, const FieldTrie& trie, const FieldSelection& selection);

  // For UseOf: of an event whose kind is not known.
  const NodeUse* of_any() const { return of_any_.data(); }
  // For UseOf: of the event, going by the values that tell its kind.
  const NodeUse* Of(const abi::EventFrame& frame) const;
  // kSkip for kNone. (Its use stands in front of the others: many keys lead nowhere.)
  static NodeUse UseOf(FieldTrie::NodeId node, const NodeUse* uses) {
    static_assert(FieldTrie::NodeId{abi::kNone + 1} == 0);
    return uses[FieldTrie::NodeId{node + 1}];
  }
  // Nothing more of an event of these uses matters, unless its kind is told again. REQUIRES: Of(frame) is `uses`.
  bool IsDone(const NodeUse* uses, const abi::EventFrame& frame) const {
    return uses == of_others_.data() && others_end_ != abi::kNone && frame.slots[others_end_].count > 0;
  }
  // What a key that tells the kind ends with, its closing quote included, unless it is written with escapes.
  std::string_view key_end() const { return key_end_; }

 private:
  struct Kind {
    std::string value;
    std::vector<NodeUse> uses;
  };
  std::vector<NodeUse> UsesOf(const FieldTrie& trie, std::span<const uint64_t> fields) const;

  const abi::FieldId by_;
  const abi::FieldId others_end_;
  std::string key_end_;
  std::vector<NodeUse> of_any_;
  std::vector<Kind> kinds_;
  std::vector<NodeUse> of_others_;
};

}  // namespace eqlc
