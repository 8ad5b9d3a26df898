// Tested by tests/unit/runtime/value/json_scalar_test.cpp and tests/fuzz/event_decoder_fuzz.cpp.
#include "runtime/value/json_scalar.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>

#include "runtime/value/ascii.h"
#include "runtime/value/utf8.h"
#include "runtime/value/words.h"

namespace eqlc {
namespace {

constexpr uint32_t kNoCodePoint = UINT32_MAX;

// The four digits of `\uXXXX`; kNoCodePoint when they are not there.
uint32_t Hex4(std::string_view text) {
  if (text.size() < 4) return kNoCodePoint;
  uint32_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = ascii::HexValue(text[static_cast<size_t>(i)]);
    if (digit < 0) return kNoCodePoint;
    unit = unit * 16 + static_cast<uint32_t>(digit);
  }
  return unit;
}

// Reads what follows `\u` and takes it off `rest`, with the second half of a surrogate pair.
uint32_t TakeUnicodeEscape(std::string_view& rest) {
  const uint32_t unit = Hex4(rest);
  if (unit == kNoCodePoint) return kNoCodePoint;
  rest.remove_prefix(4);
  if (!utf8::IsSurrogate(unit)) return unit;
  if (unit > 0xDBFF || !rest.starts_with("\\u")) return utf8::kReplacement;
  const uint32_t low = Hex4(rest.substr(2));
  if (low == kNoCodePoint || low < 0xDC00 || low > 0xDFFF) return utf8::kReplacement;
  rest.remove_prefix(6);
  return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

// [letter]: the character of a one-letter escape; NUL when there is none.
constexpr auto kSimpleEscapes = [] {
  std::array<char, 256> characters{};
  for (const char c : {'"', '\\', '/'}) characters[static_cast<unsigned char>(c)] = c;
  characters['b'] = '\b';
  characters['f'] = '\f';
  characters['n'] = '\n';
  characters['r'] = '\r';
  characters['t'] = '\t';
  return characters;
}();

// TakeJsonEscape, to be inlined.
[[gnu::always_inline]] inline char* TakeEscape(std::string_view& raw, char* to) {
  if (raw.size() < 2) return nullptr;
  if (raw[1] == 'u') {
    std::string_view rest = raw.substr(2);
    const uint32_t c = TakeUnicodeEscape(rest);
    if (c == kNoCodePoint) return nullptr;
    raw = rest;
    return utf8::Write(c, to);
  }
  const char c = kSimpleEscapes[static_cast<unsigned char>(raw[1])];
  if (c == '\0') return nullptr;
  raw.remove_prefix(2);
  *to = c;
  return to + 1;
}

// So many bytes are searched for backslashes at once; what is moved is so many bytes at a time.
constexpr size_t kBlock = 64, kMoved = 32;
static_assert(kMoved <= kUnescapeOverrun);

uint64_t FindBackslashes(const char* block) {
  uint64_t found = 0;
  for (size_t i = 0; i < kBlock; i += 16) found |= uint64_t{words::FindBytes16(block + i, {'\\'})} << i;
  return found;
}

// Reads and writes up to kMoved bytes more: nearly all texts between escapes are shorter, whatever their size.
[[gnu::always_inline]] inline char* Move(const char* from, size_t size, char* to) {
  std::memcpy(to, from, kMoved);
  for (size_t i = kMoved; i < size; i += kMoved) std::memcpy(to + i, from + i, kMoved);
  return to + size;
}

// The usual number of an event. Nothing for whatever else a number may look like.
std::optional<int64_t> ParseSmallInteger(std::string_view token) {
  constexpr size_t kDigits = 18;  // always fit
  if (token.empty() || token.size() > kDigits || (token[0] == '0' && token.size() > 1)) return std::nullopt;
  int64_t value = 0;
  for (const char c : token) {
    if (!ascii::IsDigit(c)) return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

// A number's parts, as far as they matter.
struct NumberShape {
  bool valid = false;
  bool integer = true;
};

NumberShape ScanNumber(std::string_view s) {
  size_t i = 0;
  const auto digits = [&] {
    const size_t first = i;
    while (i < s.size() && ascii::IsDigit(s[i])) ++i;
    return i > first;
  };
  const auto take = [&](std::string_view any) {
    const bool found = i < s.size() && any.find(s[i]) != std::string_view::npos;
    i += found ? 1 : 0;
    return found;
  };
  NumberShape shape;
  take("-");
  if (!take("0") && !digits()) return shape;
  if (take(".")) {
    shape.integer = false;
    if (!digits()) return shape;
  }
  if (take("eE")) {
    shape.integer = false;
    take("+-");
    if (!digits()) return shape;
  }
  shape.valid = i == s.size();
  return shape;
}

// Whether the magnitude of a number that no double holds is below one. REQUIRES: a valid number.
bool IsTiny(std::string_view s) {
  constexpr long long kHugeExponent = 1'000'000'000'000;  // beyond what any digits of one event could undo
  const size_t e = s.find_first_of("eE");
  const std::string_view mantissa = s.substr(0, e);
  long long exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view text = s.substr(e + 1);
    if (text.front() == '+') text.remove_prefix(1);
    if (std::from_chars(text.data(), text.data() + text.size(), exponent).ec != std::errc{}) {
      exponent = text.front() == '-' ? -kHugeExponent : kHugeExponent;
    }
  }
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  return exponent + static_cast<long long>(point) - static_cast<long long>(first) <= 0;
}

abi::Value ParseDouble(std::string_view token) {
  double value = 0;
  const auto [end, ec] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (ec == std::errc::result_out_of_range) {
    value = IsTiny(token) ? 0.0 : std::numeric_limits<double>::infinity();
    if (token.front() == '-') value = -value;
  }
  return abi::Double(value);
}

}  // namespace

char* TakeJsonEscape(std::string_view& raw, char* to) noexcept { return TakeEscape(raw, to); }

// Paths in events are full of escapes, so those of a block are found together, and where one ends is known before what
// stands in front of it is moved.
std::optional<std::string_view> UnescapeJson(std::string_view raw, size_t readable, char* to) noexcept {
  const char* const readable_end = raw.data() + readable;
  char* const begin = to;
  while (!raw.empty()) {
    const size_t size = std::min(raw.size(), kBlock);
    char last[kBlock + kMoved];
    const char* block = raw.data();
    if (static_cast<size_t>(readable_end - block) < sizeof last) {
      std::memset(last, 0, sizeof last);
      block = static_cast<char*>(std::memcpy(last, block, raw.size()));
    }
    size_t at = 0;
    for (uint64_t found = FindBackslashes(block) << (kBlock - size) >> (kBlock - size); found != 0;) {
      const auto escape = static_cast<size_t>(std::countr_zero(found));
      to = Move(block + at, escape - at, to);
      std::string_view rest = raw.substr(escape);
      to = TakeEscape(rest, to);
      if (to == nullptr) return std::nullopt;
      at = raw.size() - rest.size();
      found = at < kBlock ? found >> at << at : 0;
    }
    if (at < size) {
      to = Move(block + at, size - at, to);
      at = size;
    }
    raw.remove_prefix(at);
  }
  return std::string_view(begin, static_cast<size_t>(to - begin));
}

std::optional<abi::Value> ParseJsonNumber(std::string_view token) noexcept {
  if (const auto small = ParseSmallInteger(token)) return abi::Int(*small);
  const NumberShape shape = ScanNumber(token);
  if (!shape.valid) return std::nullopt;
  if (!shape.integer) return ParseDouble(token);
  const char* const end = token.data() + token.size();
  int64_t i = 0;
  if (std::from_chars(token.data(), end, i).ec == std::errc{}) return abi::Int(i);
  uint64_t u = 0;
  if (token.front() != '-' && std::from_chars(token.data(), end, u).ec == std::errc{}) return abi::Uint(u);
  return ParseDouble(token);
}

}  // namespace eqlc
