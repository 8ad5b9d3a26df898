#include "runtime/keys/key_hash.h"

#include <bit>
#include <cstring>
#include <random>

namespace eqlc {
namespace {

struct SipState {
  uint64_t v0, v1, v2, v3;

  void Round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }

  void Absorb(uint64_t word) {
    v3 ^= word;
    Round();
    v0 ^= word;
  }
};

HashKey DrawKey() {
  std::random_device source;
  const auto word = [&] { return uint64_t{source()} << 32 | source(); };
  return {word(), word()};
}

}  // namespace

uint64_t SipHash13(HashKey key, std::string_view bytes) noexcept {
  SipState state{key.k0 ^ 0x736f6d6570736575, key.k1 ^ 0x646f72616e646f6d, key.k0 ^ 0x6c7967656e657261,
                 key.k1 ^ 0x7465646279746573};
  const size_t size = bytes.size();
  const char* p = bytes.data();
  for (size_t left = size / 8; left > 0; --left, p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    state.Absorb(word);
  }
  uint64_t last = 0;
  if (size % 8 != 0) std::memcpy(&last, p, size % 8);
  state.Absorb(last | uint64_t{size} << 56);
  state.v2 ^= 0xff;
  for (int i = 0; i < 3; ++i) state.Round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

uint64_t KeyedHash(std::string_view bytes) noexcept {
  static const HashKey key = DrawKey();
  return SipHash13(key, bytes);
}

}  // namespace eqlc
