// KeyPredictor: events of one source list their keys in nearly the same order, so the key behind a key is guessed from
// the event before. A good guess costs one comparison instead of unescaping, hashing and a look-up.
#pragma once

#include <array>
#include <cstdint>
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

  // Guess reads so many bytes. Keys that do not fit with quotes and colon are not remembered.
  static constexpr size_t kWindow = 48;

  KeyPredictor();

  // The next key is the first of an event.
  void StartEvent() { last_ = kStart; }

  // The child of `node` that the next key leads to (kNone: none), if it is an expected one; else nullptr, and Recall
  // must follow. `quoted` is where its opening quote would stand, `size` how far from there the next token is.
  // REQUIRES: kWindow readable bytes.
  const NodeId* Guess(NodeId node, const char* quoted, uint32_t size) {
    for (const uint16_t next : entries_[last_].next) {
      const Entry& entry = entries_[next];
      if (entry.size != size || entry.node != node || !entry.IsAt(quoted)) continue;
      last_ = next;
      return &entry.child;
    }
    return nullptr;
  }
  // The same for `raw`, a key without its quotes, wherever it was learnt; else nullptr, and Learn must follow.
  const NodeId* Recall(NodeId node, std::string_view raw);
  // `raw` leads from `node` to `child`. REQUIRES: Recall does not know it.
  void Learn(NodeId node, std::string_view raw, NodeId child);

 private:
  static constexpr uint16_t kStart = 0;  // entry in front of the first key; never guessed
  static constexpr size_t kMaxEntries = 4096;

  // One cache line.
  struct alignas(64) Entry {
    std::array<char, kWindow> text{};  // with quotes and colon
    NodeId node = abi::kNone;
    NodeId child = abi::kNone;
    // What followed, the latest first: kinds of events may part here.
    std::array<uint16_t, 3> next = {kStart, kStart, kStart};
    uint8_t size = 0;  // with quotes, without the colon

    // Most keys have less than 32 bytes, which are compared without looking at how many they are.
    bool IsAt(const char* quoted) const {
      uint64_t equal =
          words::EqualBytes16(quoted, text.data()) | uint64_t{words::EqualBytes16(quoted + 16, text.data() + 16)} << 16;
      if (size >= 32) equal |= uint64_t{words::EqualBytes16(quoted + 32, text.data() + 32)} << 32;
      return ~equal << (63 - size) == 0;
    }
    std::string_view key() const { return {text.data() + 1, size_t{size} - 2}; }
  };

  // It fits with its quotes and colon.
  static bool IsRemembered(std::string_view raw) { return raw.size() + 3 <= kWindow; }
  // Where in table_ the key's entry is or would be.
  size_t PlaceOf(NodeId node, std::string_view raw) const;
  // The key was met.
  void Follow(uint16_t entry);
  void Forget();

  std::vector<Entry> entries_;
  std::vector<uint16_t> table_;  // hash table of entries_; kStart: empty
  uint16_t last_ = kStart;
};

}  // namespace eqlc
