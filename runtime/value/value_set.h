// ValueSet: the constants of an `in` list.
#pragma once

#include <memory>
#include <span>

#include "runtime/abi/value.h"

namespace eqlc {

// Immutable; copies the constants. Thread-safety: safe together.
class ValueSet {
 public:
  // `fold`: strings compare without ASCII case (`in~`). `strict`: no value equals one of another type.
  ValueSet(std::span<const abi::Value> constants, bool fold, bool strict = false);
  ~ValueSet();

  // Equal to some constant, with the conversions of docs/semantics.md section 3.5 (as Compare in compare.h).
  bool Contains(const abi::Value& value) const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
