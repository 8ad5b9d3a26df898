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
  if (a.size() != b.size()) return false;
  size_t i = 0;
  for (; i + 8 <= a.size(); i += 8) {
    if (FoldWord(Load(a.data() + i)) != FoldWord(Load(b.data() + i))) return false;
  }
  const size_t rest = a.size() - i;
  return rest == 0 || FoldWord(LoadTail(a.data() + i, rest)) == FoldWord(LoadTail(b.data() + i, rest));
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

// Sixteen bytes at a time, as a multiplication waits for the one before it.
uint64_t Hash(std::string_view text, bool fold) noexcept {
  constexpr uint64_t kFirst = 0x9E3779B97F4A7C15;   // 2^64 / golden ratio
  constexpr uint64_t kSecond = 0xC2B2AE3D27D4EB4F;  // any other odd number with bits everywhere
  const auto word = [fold](uint64_t bytes) { return fold ? FoldWord(bytes) : bytes; };
  uint64_t hash = (text.size() + 1) * kSecond;  // not 0, which would be the end of every product
  const char* at = text.data();
  size_t left = text.size();
  for (; left >= 16; at += 16, left -= 16) hash = Mix(word(Load(at)) ^ kFirst, word(Load(at + 8)) ^ hash);
  if (left >= 8) return Mix(word(Load(at)) ^ kFirst, word(LoadTail(at + 8, left - 8)) ^ hash);
  return Mix(word(LoadTail(at, left)) ^ kFirst, hash);
}

}  // namespace eqlc::ascii
