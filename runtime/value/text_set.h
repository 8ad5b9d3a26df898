// TextSet: a set of strings, looked up by view without allocating, with or without ASCII case.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "runtime/value/ascii.h"

namespace eqlc {

class TextSet {
 public:
  explicit TextSet(bool fold) : texts_(0, Hasher{fold}, Equal{fold}) {}

  void Insert(std::string_view text) {
    texts_.emplace(text);
    sizes_ |= SizeBit(text);
  }
  bool Contains(std::string_view text) const noexcept {
    return (sizes_ & SizeBit(text)) != 0 && texts_.find(text) != texts_.end();
  }
  bool empty() const { return texts_.empty(); }

 private:
  struct Hasher {
    using is_transparent = void;
    bool fold;
    size_t operator()(std::string_view text) const noexcept { return ascii::Hash(text, fold); }
  };
  struct Equal {
    using is_transparent = void;
    bool fold;
    bool operator()(std::string_view a, std::string_view b) const noexcept { return ascii::Equal(a, b, fold); }
  };

  static uint64_t SizeBit(std::string_view text) { return uint64_t{1} << std::min<size_t>(text.size(), 63); }

  std::unordered_set<std::string, Hasher, Equal> texts_;
  uint64_t sizes_ = 0;  // that texts have; most others need no hash
};

}  // namespace eqlc
