// Globs: wildcard patterns of `:` and `like`. `*` is any run of code points, `?` exactly one; nothing is escaped.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eqlc {

// One pattern against one text, in O(pattern * text) worst case and without recursion. The reference for GlobSet.
bool GlobMatch(std::string_view pattern, std::string_view text, bool fold, bool stars_only = false) noexcept;

// A list of patterns, of which any may match. Immutable. Thread-safety: safe together.
class GlobSet {
 public:
  // `stars_only`: `?` is an ordinary character.
  GlobSet(std::span<const std::string_view> patterns, bool fold, bool stars_only = false);
  ~GlobSet();

  bool Matches(std::string_view text) const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
