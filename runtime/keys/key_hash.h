// Keyed hash of join keys: SipHash-1-3 with a key drawn once per process, so that nobody can craft events whose keys
// share a bucket. Answers never depend on it.
#pragma once

#include <cstdint>
#include <string_view>

namespace eqlc {

struct HashKey {
  uint64_t k0;
  uint64_t k1;
};

uint64_t SipHash13(HashKey key, std::string_view bytes) noexcept;

// SipHash13 under the process's key.
uint64_t KeyedHash(std::string_view bytes) noexcept;

}  // namespace eqlc
