// Search: a plain scan for the usual short needle, Crochemore and Perrin's two-way algorithm where a plain scan could
// take quadratic time (two texts of an event may both be long and repetitive).
// Tested by tests/unit/runtime/value/search_test.cpp.
#include "runtime/value/search.h"

#include <algorithm>
#include <cstdint>

#include "runtime/value/ascii.h"

namespace eqlc {

namespace {

constexpr size_t kShortNeedle = 64;  // the plain scan costs at most this many comparisons a byte

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

template <bool kFolded, bool kReversed>
size_t Find(std::string_view text, std::string_view needle) {
  using B = Bytes<kFolded, kReversed>;
  return needle.size() <= kShortNeedle ? Scan(B(text), B(needle)) : TwoWay(B(text), B(needle));
}

}  // namespace

size_t FindFirst(std::string_view text, std::string_view needle, bool fold, size_t from) noexcept {
  const std::string_view rest = text.substr(from);
  if (needle.empty()) return from;
  if (needle.size() > rest.size()) return kNotFound;
  size_t at;
  if (fold) {
    at = Find<true, false>(rest, needle);
  } else if (needle.size() <= kShortNeedle) {
    at = rest.find(needle);
  } else {
    at = Find<false, false>(rest, needle);
  }
  return at == kNotFound ? kNotFound : from + at;
}

size_t FindLast(std::string_view text, std::string_view needle, bool fold) noexcept {
  if (needle.empty()) return text.size();
  if (needle.size() > text.size()) return kNotFound;
  const size_t behind = fold ? Find<true, true>(text, needle) : Find<false, true>(text, needle);
  return behind == kNotFound ? kNotFound : text.size() - needle.size() - behind;
}

}  // namespace eqlc
