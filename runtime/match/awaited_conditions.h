// AwaitedConditions: those that can make a difference now. While no partial of a sequence is open, nothing waits for
// the conditions of its later items, and whoever evaluates conditions can spare itself those.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/abi/expr.h"

namespace eqlc {

// Thread-safety: none.
class AwaitedConditions {
 public:
  explicit AwaitedConditions(size_t conditions) : waiting_(conditions) {}

  bool Has(abi::ConditionId id) const { return waiting_[id] != 0; }
  void Add(abi::ConditionId id) { ++waiting_[id]; }
  // REQUIRES: an Add to take back.
  void Remove(abi::ConditionId id) { --waiting_[id]; }

 private:
  std::vector<uint32_t> waiting_;  // [ConditionId]: how many wait for it
};

}  // namespace eqlc
