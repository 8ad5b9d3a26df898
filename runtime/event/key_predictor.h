// KeyPredictor: events of one source list their keys in nearly the same order, so the key behind a key is guessed from
// the event before. A good guess costs one comparison instead of unescaping, hashing and a look-up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/event/field_trie.h"
#include "runtime/value/words.h"

namespace eqlc {

// Remembers keys by where they stood (a node of the trie) and as they were written (with escapes). Keys of events are
// anyone's, so it remembers a bounded number, then starts afresh. Thread-safety: none.
class KeyPredictor {
 public:
  using NodeId = FieldTrie::NodeId;

  KeyPredictor();

  // The next key is the first of an event.
  void StartEvent() { last_ = kStart; }

  // The child of `node` that `raw` leads to (kNone: none), if `raw` is the expected key; else nothing, and Learn must
  // follow.
  std::optional<NodeId> Guess(NodeId node, std::string_view raw) {
    const uint32_t next = entries_[last_].next;
    const Entry& entry = entries_[next];
    if (entry.node != node || !words::Equal(entry.key(), raw)) return std::nullopt;
    last_ = next;
    return entry.child;
  }
  // `raw` below `node` leads to `child`.
  void Learn(NodeId node, std::string_view raw, NodeId child);

 private:
  static constexpr uint32_t kStart = 0;  // entry in front of the first key; never guessed
  static constexpr size_t kMaxEntries = 4096;
  static constexpr size_t kMaxKeyBytes = 44;  // longer keys are not remembered

  struct Entry {
    NodeId node = abi::kNone;
    NodeId child = abi::kNone;
    uint32_t next = kStart;  // what followed last time
    uint32_t size = 0;
    std::array<char, kMaxKeyBytes> text{};

    std::string_view key() const { return {text.data(), size}; }
  };

  // The entry of the key, a new one if there is none.
  uint32_t EntryOf(NodeId node, std::string_view raw, NodeId child);

  void Forget();

  std::vector<Entry> entries_;
  std::vector<uint32_t> table_;  // hash table of entries_; kStart: empty
  uint32_t last_ = kStart;
};

}  // namespace eqlc
