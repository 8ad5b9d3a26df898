// Join keys: from the key fields of an event to canonical bytes (docs/semantics.md section 5.2). Two keys are equal
// exactly when their bytes are: same types, numbers by numeric value, strings by bytes, null only with null.
//
//   key       := component *
//   component := tag, then for kIntTag a zigzag varint, kUintTag and kDoubleTag 8 bytes, kStringTag and kJsonTag varint
//   size + bytes
//
// The bytes can be read back (KeyToJson), so a stored key needs nothing else.
// Tested by tests/unit/runtime/keys/key_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/frame.h"
#include "runtime/abi/image.h"
#include "runtime/abi/value.h"

namespace eqlc {

void AppendKeyComponent(const abi::Value& value, std::string& out);

// One JSON text per component. REQUIRES: `key` was built by AppendKeyComponent. Replaces `out`.
void KeyToJson(std::string_view key, std::vector<std::string>& out);

// <0, 0, >0: the order in which Elasticsearch lists keys, component by component: null, booleans (false first), numbers
// by value, strings by bytes, arrays and objects by their text. REQUIRES: both were built by AppendKeyComponent, from
// as many components.
int CompareKeys(std::string_view a, std::string_view b);

// The keys of one event under one list of key fields. Reused from event to event. Thread-safety: none.
class KeySet {
 public:
  // Replaces the set. Empty when a mandatory field has no value; the product of the fields' distinct values when some
  // have several, cut off at kMaxKeysPerEvent keys (and at a few MiB of them), in the order of CompareKeys: matches
  // that one event completes are reported in that of their keys.
  void Extract(std::span<const abi::ImageKey> fields, const abi::EventFrame& frame);
  // One key of values already fetched, one for each field; a null pointer is a null component.
  void SetSingle(std::span<const abi::ImageKey> fields, std::span<const abi::Value* const> values);

  size_t size() const { return keys_.size(); }
  std::string_view key(size_t i) const { return std::string_view(bytes_).substr(keys_[i].offset, keys_[i].size); }
  uint32_t hash(size_t i) const { return keys_[i].hash; }

 private:
  struct Key {
    size_t offset;
    uint32_t size;
    uint32_t hash;
  };

  void ExtractProduct(std::span<const abi::ImageKey> fields, const abi::EventFrame& frame);
  void Append(const abi::ImageKey& field, const abi::Value& value);
  void Finish(size_t offset);

  std::string bytes_;
  std::vector<Key> keys_;
  std::string text_;  // of a value as its key type writes it
};

}  // namespace eqlc
