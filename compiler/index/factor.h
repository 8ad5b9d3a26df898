// Factor: a part that every text which a pattern matches has, and a test of the index can look for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/index/requirement.h"
#include "runtime/abi/rule_index.h"

namespace eqlc::index {

struct Factor {
  TestKind kind = TestKind::kPresent;  // kPresent: no part is known; `text` is empty
  uint8_t skip = 0;                    // as in Test
  std::string text;

  bool operator==(const Factor&) const = default;
};

// Long enough for the index; whole texts always are.
inline bool IsUsable(const Factor& factor) {
  switch (factor.kind) {
    case TestKind::kPresent:
      return false;
    case TestKind::kEqual:
      return true;
    case TestKind::kPrefix:
    case TestKind::kSuffix:
      return factor.text.size() >= abi::kMinAnchoredBytes;
    case TestKind::kContains:
      return factor.text.size() >= abi::kMinContainedBytes;
  }
  return false;
}

// Anchored parts are found by one look-up, so they win over parts anywhere that are not much longer.
inline size_t Worth(const Factor& factor) {
  constexpr size_t kAnchorWorth = 4;
  return factor.text.size() + (factor.kind == TestKind::kContains ? 0 : kAnchorWorth);
}

}  // namespace eqlc::index
