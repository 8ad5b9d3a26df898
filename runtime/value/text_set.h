// TextSet: a set of strings, looked up by view without allocating, with or without ASCII case.
#pragma once

#include <bitset>
#include <cstddef>
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
    looks_.set(LookOf(text));
  }
  bool Contains(std::string_view text) const noexcept {
    return looks_[LookOf(text)] && texts_.find(text) != texts_.end();
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

  static constexpr size_t kLooks = 512;

  // From its size and what it begins and ends with, without case; the factors are any that spread.
  static size_t LookOf(std::string_view text) {
    if (text.empty()) return 0;
    const auto byte = [](char c) { return static_cast<size_t>(static_cast<unsigned char>(c) | 0x20); };
    return (text.size() + 37 * byte(text.front()) + 101 * byte(text.back())) % kLooks;
  }

  std::unordered_set<std::string, Hasher, Equal> texts_;
  std::bitset<kLooks> looks_;  // that texts have; most others need no hash
};

}  // namespace eqlc
