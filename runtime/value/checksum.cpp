#include "runtime/value/checksum.h"

#include <array>
#include <cstring>

namespace eqlc {
namespace {

// A bijection of `lane` for each `word`, and of `word` for each `lane`: no single damaged word goes unseen. The second
// multiplication spreads what the first leaves in the upper bits.
uint64_t Mix(uint64_t lane, uint64_t word) {
  uint64_t mixed = (lane ^ word) * 0x9e3779b97f4a7c15;
  mixed ^= mixed >> 32;
  return mixed * 0xd6e8feb86659fd93;
}

uint64_t Word(const std::byte* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof word);
  return word;
}

}  // namespace

// Eight lanes, so that the multiplications of one do not wait for those of another.
uint64_t Checksum(std::span<const std::byte> bytes) {
  std::array<uint64_t, 8> lanes = {1, 2, 3, 4, 5, 6, 7, 8};
  const std::byte* p = bytes.data();
  size_t left = bytes.size();
  for (; left >= sizeof lanes; left -= sizeof lanes, p += sizeof lanes) {
    for (size_t i = 0; i < lanes.size(); ++i) lanes[i] = Mix(lanes[i], Word(p + 8 * i));
  }
  uint64_t hash = bytes.size();
  for (const uint64_t lane : lanes) hash = Mix(hash, lane);
  for (; left >= 8; left -= 8, p += 8) hash = Mix(hash, Word(p));
  uint64_t last = 0;
  if (left != 0) std::memcpy(&last, p, left);
  hash = Mix(hash, last);
  return Mix(hash, hash >> 32);
}

}  // namespace eqlc
