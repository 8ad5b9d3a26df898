#include "runtime/value/checksum.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace eqlc {
namespace {

uint64_t Of(const std::string& text) { return Checksum(std::as_bytes(std::span(text))); }

TEST(Checksum, EveryBitAndTheSizeCount) {
  for (size_t size : {1u, 7u, 8u, 9u, 63u, 64u, 65u, 200u}) {
    const std::string text(size, 'x');
    std::set<uint64_t> seen = {Of(text), Of(text + '\0'), Of(text.substr(1))};
    for (size_t i = 0; i < size; ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
        seen.insert(Of(changed));
      }
    }
    EXPECT_EQ(seen.size(), 3 + 8 * size);
  }
}

TEST(Checksum, OrderCounts) {
  const std::string a(64, 'a'), b(64, 'b');
  EXPECT_NE(Of(a + b), Of(b + a));
  EXPECT_NE(Of("12345678abcdefgh"), Of("abcdefgh12345678"));
}

// Files on disks hold it.
TEST(Checksum, StaysTheSame) { EXPECT_EQ(Of(std::string(100, 'q')), 0x4b931e7ab0ffb1fc); }

}  // namespace
}  // namespace eqlc
