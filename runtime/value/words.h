// Words: short byte strings eight bytes at a time, without calls. Most keys and values of events are shorter than what
// pays for memcmp and memchr.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace eqlc::words {

inline constexpr uint64_t kOnes = 0x0101010101010101;

inline uint64_t Load(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof word);
  return word;
}

// Up to seven bytes, zeros above them.
inline uint64_t LoadTail(const char* p, size_t size) {
  const auto byte = [p](size_t i) { return uint64_t{static_cast<unsigned char>(p[i])}; };
  if (size >= 4) {
    uint32_t low, high;
    std::memcpy(&low, p, sizeof low);
    std::memcpy(&high, p + size - 4, sizeof high);
    return low | uint64_t{high} << (8 * (size - 4));
  }
  return size == 0 ? 0 : byte(0) | byte(size / 2) << (8 * (size / 2)) | byte(size - 1) << (8 * (size - 1));
}

// Whether some byte of the word is `byte`; not zero-safe: padding zeros count as bytes.
inline bool HasByte(uint64_t word, char byte) {
  const uint64_t zero_there = word ^ (kOnes * static_cast<unsigned char>(byte));
  return ((zero_there - kOnes) & ~zero_there & (0x80 * kOnes)) != 0;
}

inline bool Equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const size_t size = a.size();
  if (size < 8) return LoadTail(a.data(), size) == LoadTail(b.data(), size);
  for (size_t i = 0; i + 8 <= size; i += 8) {
    if (Load(a.data() + i) != Load(b.data() + i)) return false;
  }
  return Load(a.data() + size - 8) == Load(b.data() + size - 8);
}

// REQUIRES: byte is not NUL.
inline bool Contains(std::string_view text, char byte) {
  constexpr size_t kLong = 48;  // from here on memchr is faster
  if (text.size() >= kLong) return std::memchr(text.data(), byte, text.size()) != nullptr;
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    if (HasByte(Load(text.data() + i), byte)) return true;
  }
  return HasByte(LoadTail(text.data() + i, text.size() - i), byte);
}

}  // namespace eqlc::words
