// TextSet: a set of strings, looked up by view without allocating, with or without ASCII case.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "runtime/value/ascii.h"

namespace eqlc {

class TextSet {
 public:
  explicit TextSet(bool fold) : texts_(0, Hasher{fold}, Equal{fold}) {}

  void Insert(std::string_view text) { texts_.emplace(text); }
  bool Contains(std::string_view text) const noexcept { return !texts_.empty() && texts_.find(text) != texts_.end(); }
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

  std::unordered_set<std::string, Hasher, Equal> texts_;
};

}  // namespace eqlc
