// Globs: wildcard patterns of `:` and `like`. `*` is any run of code points, `?` exactly one; nothing is escaped.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "runtime/value/lazy.h"

namespace eqlc {

// One pattern against one text, in O(pattern * text) worst case and without recursion. The reference for GlobSet.
bool GlobMatch(std::string_view pattern, std::string_view text, bool fold, bool stars_only = false) noexcept;

// A list of patterns, of which any may match. Immutable; what runs is made when the first text comes, since most
// patterns of a ruleset never see one. Thread-safety: safe together.
class GlobSet {
 public:
  // `stars_only`: `?` is an ordinary character. The texts of `patterns` must outlive the set.
  GlobSet(std::span<const std::string_view> patterns, bool fold, bool stars_only = false);
  ~GlobSet();

  bool Matches(std::string_view text) const noexcept;

 private:
  struct Impl;

  const std::vector<std::string_view> patterns_;
  const bool fold_;
  const bool stars_only_;
  Lazy<Impl> impl_;
};

}  // namespace eqlc
