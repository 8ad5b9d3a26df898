// Search: for the usual short needle a scan for its first and last byte, sixteen places at a time; Crochemore and
// Perrin's two-way algorithm where a plain scan could take quadratic time (two texts of an event may both be long and
// repetitive). Tested by tests/unit/runtime/value/search_test.cpp.
#include "runtime/value/search.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "runtime/value/ascii.h"
#include "runtime/value/words.h"

namespace eqlc {

namespace {

constexpr size_t kBlock = 16;        // places that are looked at together
constexpr size_t kShortNeedle = 64;  // a scan costs at most this many comparisons a byte

// Bytes of a text, folded or not, front to back or back to front.
template <bool kFolded, bool kReversed>
class Bytes {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}
  size_t size() const { return text_.size(); }
  unsigned char operator[](size_t i) const {
    const auto byte = static_cast<unsigned char>(text_[kReversed ? text_.size() - 1 - i : i]);
    return kFolded ? ascii::FoldByte(byte) : byte;
  }

 private:
  std::string_view text_;
};

struct Suffix {
  size_t start;
  size_t period;
};

// The maximal suffix of the needle, by the order of bytes or by its reverse.
template <typename B>
Suffix MaximalSuffix(const B& needle, bool reverse_order) {
  size_t start = 0, candidate = 1, offset = 0, period = 1;
  while (candidate + offset < needle.size()) {
    const unsigned char a = needle[start + offset], b = needle[candidate + offset];
    if (a == b) {
      if (++offset == period) {
        candidate += period;
        offset = 0;
      }
    } else if (reverse_order ? a < b : a > b) {
      candidate += offset + 1;
      offset = 0;
      period = candidate - start;
    } else {
      start = candidate++;
      offset = 0;
      period = 1;
    }
  }
  return {start, period};
}

// REQUIRES: 0 < needle.size() <= text.size().
template <typename B>
size_t TwoWay(const B& text, const B& needle) {
  const Suffix forward = MaximalSuffix(needle, false), backward = MaximalSuffix(needle, true);
  const Suffix split = forward.start >= backward.start ? forward : backward;
  const size_t m = needle.size();
  bool periodic = split.start + split.period <= m;
  for (size_t i = 0; periodic && i < split.start; ++i) periodic = needle[i] == needle[i + split.period];
  const size_t shift = periodic ? split.period : std::max(split.start, m - split.start) + 1;
  size_t known = 0;  // leading bytes known to match, from the overlap with the last attempt
  for (size_t at = 0; at + m <= text.size();) {
    size_t i = std::max(split.start, known);
    while (i < m && needle[i] == text[at + i]) ++i;
    if (i < m) {
      at += i - split.start + 1;
      known = 0;
      continue;
    }
    i = split.start;
    while (i > known && needle[i - 1] == text[at + i - 1]) --i;
    if (i <= known) return at;
    at += shift;
    known = periodic ? m - split.period : 0;
  }
  return kNotFound;
}

template <typename B>
size_t Scan(const B& text, const B& needle) {
  const size_t m = needle.size();
  const unsigned char first = needle[0];
  for (size_t at = 0; at + m <= text.size(); ++at) {
    if (text[at] != first) continue;
    size_t i = 1;
    while (i < m && needle[i] == text[at + i]) ++i;
    if (i == m) return at;
  }
  return kNotFound;
}

// REQUIRES: 0 < needle.size() <= text.size().
size_t ScanBlocks(std::string_view text, std::string_view needle, bool fold) {
  const size_t behind = needle.size() - 1;  // offset of the needle's last byte
  const size_t places = text.size() - behind;
  const auto first = words::Wanted::Of(needle.front(), fold), last = words::Wanted::Of(needle.back(), fold);
  for (size_t block = 0; block < places; block += kBlock) {
    // The last block takes some places again.
    const size_t at = std::min(block, places - kBlock);
    uint32_t found = words::FindBytes16(text.data() + at, first) & words::FindBytes16(text.data() + at + behind, last);
    for (; found != 0; found &= found - 1) {
      const size_t place = at + static_cast<size_t>(std::countr_zero(found));
      if (needle.size() <= 2 || ascii::Equal(text.substr(place, needle.size()), needle, fold)) return place;
    }
  }
  return kNotFound;
}

template <bool kFolded, bool kReversed>
size_t Find(std::string_view text, std::string_view needle) {
  using B = Bytes<kFolded, kReversed>;
  if (needle.size() > kShortNeedle) return TwoWay(B(text), B(needle));
  if (!kReversed && text.size() - needle.size() >= kBlock) return ScanBlocks(text, needle, kFolded);
  return Scan(B(text), B(needle));
}

}  // namespace

size_t FindFirst(std::string_view text, std::string_view needle, bool fold, size_t from) noexcept {
  const std::string_view rest = text.substr(from);
  if (needle.empty()) return from;
  if (needle.size() > rest.size()) return kNotFound;
  const size_t at = fold ? Find<true, false>(rest, needle) : Find<false, false>(rest, needle);
  return at == kNotFound ? kNotFound : from + at;
}

size_t FindLast(std::string_view text, std::string_view needle, bool fold) noexcept {
  if (needle.empty()) return text.size();
  if (needle.size() > text.size()) return kNotFound;
  const size_t behind = fold ? Find<true, true>(text, needle) : Find<false, true>(text, needle);
  return behind == kNotFound ? kNotFound : text.size() - needle.size() - behind;
}

}  // namespace eqlc
