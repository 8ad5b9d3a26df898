// Words: short byte strings eight bytes at a time, without calls. Most keys and values of events are shorter than what
// pays for memcmp and memchr.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace eqlc::words {

inline constexpr uint64_t kOnes = 0x0101010101010101;
// Set in every byte, letter or not, these make texts alike that differ in ASCII case, and a few others.
inline constexpr uint64_t kCaseBits = 0x20 * kOnes;

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

// Marks are the high bits of some of a word's bytes. Those of the next two are right up to the first one: a borrow can
// mark bytes behind it, never before it.
inline constexpr uint64_t kHighBits = 0x80 * kOnes;
inline uint64_t MarkByte(uint64_t word, char byte) {
  const uint64_t zero_there = word ^ (kOnes * static_cast<unsigned char>(byte));
  return (zero_there - kOnes) & ~zero_there & kHighBits;
}
// Bytes below 0x20.
inline uint64_t MarkControls(uint64_t word) { return (word - 0x20 * kOnes) & ~word & kHighBits; }

// How many bytes of the word, in order of memory, come before the first mark; 8 when there is none.
inline size_t BytesBeforeMark(uint64_t marks) {
  static_assert(std::endian::native == std::endian::little);
  return static_cast<size_t>(std::countr_zero(marks)) / 8;
}

// Whether some byte of the word is `byte`; not zero-safe: padding zeros count as bytes.
inline bool HasByte(uint64_t word, char byte) { return MarkByte(word, byte) != 0; }

// How many bytes of the word come before the first `byte`; 8 when none is one.
inline size_t BytesBefore(uint64_t word, char byte) { return BytesBeforeMark(MarkByte(word, byte)); }

inline bool Equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  constexpr size_t kShort = 32;  // from here on memcmp is faster
  const size_t size = a.size();
  if (size < 8) return LoadTail(a.data(), size) == LoadTail(b.data(), size);
  if (size >= kShort) return std::memcmp(a.data(), b.data(), size) == 0;
  for (size_t i = 0; i + 8 <= size; i += 8) {
    if (Load(a.data() + i) != Load(b.data() + i)) return false;
  }
  return Load(a.data() + size - 8) == Load(b.data() + size - 8);
}

// Bit i is set where byte i of 16 is the same.
inline uint32_t EqualBytes16(const char* a, const char* b) {
#ifdef __SSE2__
  const __m128i left = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a));
  const __m128i right = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(left, right)));
#else
  uint32_t equal = 0;
  for (uint32_t i = 0; i < 16; ++i) equal |= uint32_t{a[i] == b[i]} << i;
  return equal;
#endif
}

// One byte to look for; a letter in both cases, if wanted.
struct Wanted {
  char byte = '\0';
  char case_bit = '\0';  // set in bytes before they are compared

  static Wanted Of(char byte, bool fold) {
    const char lower = static_cast<char>(byte | 0x20);
    return fold && lower >= 'a' && lower <= 'z' ? Wanted{lower, 0x20} : Wanted{byte, 0};
  }
};

// Bit i is set where byte i of 16 is the wanted one.
inline uint32_t FindBytes16(const char* p, Wanted wanted) {
#ifdef __SSE2__
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(wanted.case_bit));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(lower, _mm_set1_epi8(wanted.byte))));
#else
  uint32_t found = 0;
  for (uint32_t i = 0; i < 16; ++i) found |= uint32_t{(p[i] | wanted.case_bit) == wanted.byte} << i;
  return found;
#endif
}

// Bit i is set where byte i of 16 is not ASCII.
inline uint32_t FindNonAscii16(const char* p) {
#ifdef __SSE2__
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))));
#else
  uint32_t found = 0;
  for (uint32_t i = 0; i < 16; ++i) found |= uint32_t{(static_cast<unsigned char>(p[i]) & 0x80) != 0} << i;
  return found;
#endif
}

// REQUIRES: byte is not NUL.
inline bool Contains(std::string_view text, char byte) {
  constexpr size_t kLong = 64;  // from here on memchr is faster
  const char* const p = text.data();
  const size_t size = text.size();
  if (size < 8) return HasByte(LoadTail(p, size), byte);
  if (size < 16) return HasByte(Load(p), byte) || HasByte(Load(p + size - 8), byte);
  if (size >= kLong) return std::memchr(p, byte, size) != nullptr;
  uint32_t found = FindBytes16(p + size - 16, {byte});  // some of them again
  for (size_t i = 0; i + 16 < size; i += 16) found |= FindBytes16(p + i, {byte});
  return found != 0;
}

}  // namespace eqlc::words
