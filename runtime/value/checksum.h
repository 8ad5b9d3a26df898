// Checksum: tells a damaged file from a whole one, at the speed of memory. No protection from people.
// Tested by tests/unit/runtime/value/checksum_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace eqlc {

// 64 bits of all bytes and of their number. Files hold it: another function is another version of theirs.
uint64_t Checksum(std::span<const std::byte> bytes);

}  // namespace eqlc
