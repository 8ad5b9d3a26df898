// TestKeys: what the tests of a program's index look values up by, worked out once for all partitions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/program/program.h"

namespace eqlc {

// Immutable. Thread-safety: safe together.
class TestKeys {
 public:
  explicit TestKeys(const Program::Impl& program);

  // Of a kEqual test, by its index in the image; as KeysOfLiteral in value_key.h.
  const std::array<uint64_t, 2>& keys(uint32_t test) const { return keys_[test]; }

 private:
  std::vector<std::array<uint64_t, 2>> keys_;
};

}  // namespace eqlc
