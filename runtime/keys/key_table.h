// KeyTable: the key states of one rule by encoded join key. Chained; grows and shrinks by moving a few buckets with
// each insertion and removal, and gives back the memory of those moved piece by piece, so that no event pays for a
// million keys. Tested by tests/unit/runtime/keys/key_table_test.cpp.
#pragma once

#include <string_view>

#include "runtime/abi/sequence.h"
#include "runtime/keys/budget.h"

namespace eqlc {

// Owns its buckets, not the states. Thread-safety: none.
class KeyTable {
 public:
  // Key bytes lie `key_offset` bytes into a state. The buckets are charged to `budget`.
  KeyTable(StateBudget& budget, size_t key_offset) : budget_(budget), key_offset_(key_offset) {}
  ~KeyTable();
  KeyTable(const KeyTable&) = delete;
  KeyTable& operator=(const KeyTable&) = delete;

  std::string_view KeyOf(const abi::KeyState* state) const {
    return {reinterpret_cast<const char*>(state) + key_offset_, state->key_size};
  }
  // Null when absent.
  abi::KeyState* Find(uint32_t hash, std::string_view key) const;
  // False when memory is out. REQUIRES: `state` has hash and key, and no equal key is there.
  bool Insert(abi::KeyState* state);
  // REQUIRES: it is there. The last one takes the buckets along.
  void Remove(abi::KeyState* state);

  size_t size() const { return size_; }
  size_t bucket_bytes() const;

 private:
  struct Buckets {
    abi::KeyState** heads = nullptr;
    size_t count = 0;  // a power of two

    abi::KeyState*& operator[](uint32_t hash) const { return heads[hash & (count - 1)]; }
  };

  abi::KeyState* FindIn(const Buckets& buckets, uint32_t hash, std::string_view key) const;
  static bool RemoveFrom(const Buckets& buckets, abi::KeyState* state);
  bool Allocate(Buckets& buckets, size_t count);
  void Release(Buckets& buckets);
  // Goes over to `count` buckets. REQUIRES: no buckets are being moved.
  bool Resize(size_t count);
  bool Grow();
  void ShrinkIfSparse();
  void MoveSome(size_t buckets);

  StateBudget& budget_;
  size_t key_offset_;
  size_t size_ = 0;
  Buckets now_;
  Buckets old_;       // being emptied into now_
  size_t moved_ = 0;  // buckets of old_ below it are empty
};

}  // namespace eqlc
