// TextMemo: numbers that texts were given, for texts that come again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace eqlc {

// Thread-safety: as a standard container.
class TextMemo {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // kNone when the text is not known. `key`: equal for equal texts, and for few others.
  uint32_t Find(uint64_t key, std::string_view text) const;
  // Does nothing where too many texts have keys like this one's: whoever writes events must not make look-ups long.
  // REQUIRES: the text is not known yet, `number` is not kNone.
  void Add(uint64_t key, std::string_view text, uint32_t number);

  size_t bytes() const { return texts_.capacity() + slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    uint64_t key;
    uint32_t text;  // offset in texts_
    uint32_t size;
    uint32_t number = kNone;  // the slot is empty
  };
  static constexpr size_t kMaxProbes = 16;

  size_t FirstPlace(uint64_t key) const;
  void Grow();
  // False when there is no place near its first one.
  bool Insert(const Slot& slot);

  std::vector<char> texts_;
  std::vector<Slot> slots_;  // at most half are taken
  size_t used_ = 0;
};

}  // namespace eqlc
