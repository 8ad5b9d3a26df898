// ASCII folding, eight bytes at a time.
// Tested by tests/unit/runtime/value/ascii_test.cpp.
#include "runtime/value/ascii.h"

#include <algorithm>
#include <cstring>

#include "runtime/value/words.h"

namespace eqlc::ascii {

namespace {

using words::kOnes;
using words::Load;
using words::LoadTail;

// Sets bit 0x20 of each byte in A..Z. The sums cannot carry into the next byte: both addends are below 0x80.
uint64_t FoldWord(uint64_t word) {
  const uint64_t low = word & (0x7F * kOnes);
  const uint64_t from_a = low + (0x80 - 'A') * kOnes;
  const uint64_t above_z = low + (0x80 - 'Z' - 1) * kOnes;
  const uint64_t upper = from_a & ~above_z & ~word & (0x80 * kOnes);
  return word | (upper >> 2);
}

// Both halves of the product, so that every bit of both words counts.
uint64_t Mix(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = Wide{a} * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

constexpr uint64_t kHashFirst = 0x9E3779B97F4A7C15;   // 2^64 / golden ratio
constexpr uint64_t kHashSecond = 0xC2B2AE3D27D4EB4F;  // any other odd number with bits everywhere

}  // namespace

std::string Fold(std::string_view text) {
  std::string result(text.size(), '\0');
  FoldTo(text, result.data());
  return result;
}

void FoldTo(std::string_view text, char* to) noexcept {
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    const uint64_t word = FoldWord(Load(text.data() + i));
    std::memcpy(to + i, &word, sizeof word);
  }
  for (; i < text.size(); ++i) to[i] = static_cast<char>(FoldByte(static_cast<unsigned char>(text[i])));
}

bool EqualFold(std::string_view a, std::string_view b) noexcept {
  const size_t size = a.size();
  if (size != b.size()) return false;
  if (size < 8) return FoldWord(LoadTail(a.data(), size)) == FoldWord(LoadTail(b.data(), size));
  for (size_t i = 0; i + 8 < size; i += 8) {
    if (FoldWord(Load(a.data() + i)) != FoldWord(Load(b.data() + i))) return false;
  }
  // The last word, some of it again.
  return FoldWord(Load(a.data() + size - 8)) == FoldWord(Load(b.data() + size - 8));
}

int CompareFold(std::string_view a, std::string_view b) noexcept {
  const size_t common = std::min(a.size(), b.size());
  for (size_t i = 0; i < common; ++i) {
    const int difference = FoldByte(static_cast<unsigned char>(a[i])) - FoldByte(static_cast<unsigned char>(b[i]));
    if (difference != 0) return difference;
  }
  return a.size() < b.size() ? -1 : a.size() > b.size();
}

bool Equal(std::string_view a, std::string_view b, bool fold) noexcept { return fold ? EqualFold(a, b) : a == b; }

bool StartsWith(std::string_view text, std::string_view prefix, bool fold) noexcept {
  return prefix.size() <= text.size() && Equal(text.substr(0, prefix.size()), prefix, fold);
}

bool EndsWith(std::string_view text, std::string_view suffix, bool fold) noexcept {
  return suffix.size() <= text.size() && Equal(text.substr(text.size() - suffix.size()), suffix, fold);
}

// Sixteen bytes at a time, as a multiplication waits for the one before it; the last ones may be some again. Without
// case a few more texts have a hash in common than need to, and none is folded for it.
uint64_t Hash(std::string_view text, bool fold) noexcept {
  const uint64_t set = fold ? words::kCaseBits : 0;
  const char* at = text.data();
  const size_t size = text.size();
  uint64_t hash = (size + 1) * kHashSecond;  // not 0, which would be the end of every product
  if (size < 8) return Mix((LoadTail(at, size) | set) ^ kHashFirst, hash);
  const auto block = [set](const char* low, const char* high, uint64_t seed) {
    return Mix((Load(low) | set) ^ kHashFirst, (Load(high) | set) ^ seed);
  };
  if (size < 16) return block(at, at + size - 8, hash);
  const char* const last = at + size - 16;
  for (; at < last; at += 16) hash = block(at, at + 8, hash);
  return block(last, last + 8, hash);
}

}  // namespace eqlc::ascii
