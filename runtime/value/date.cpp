// Tested by tests/unit/runtime/value/date_test.cpp.
#include "runtime/value/date.h"

#include <algorithm>
#include <array>

#include "runtime/value/ascii.h"
#include "runtime/value/number.h"
#include "runtime/value/text_cursor.h"
#include "runtime/value/timestamp.h"

namespace eqlc {
namespace {

constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kNanosPerMilli = 1'000'000;

// Elasticsearch's names of ISO-8601 in its variants; what they demand beyond it does not tell dates apart.
bool IsIsoName(std::string_view format) {
  static constexpr std::array<std::string_view, 12> kNames = {"strict_date_optional_time",
                                                              "date_optional_time",
                                                              "strict_date_optional_time_nanos",
                                                              "iso8601",
                                                              "strict_date_time",
                                                              "date_time",
                                                              "strict_date_time_no_millis",
                                                              "date_time_no_millis",
                                                              "strict_date",
                                                              "date",
                                                              "strict_date_hour_minute_second",
                                                              "date_hour_minute_second"};
  return std::ranges::find(kNames, format) != kNames.end();
}

bool IsEpochName(std::string_view format) { return format == "epoch_millis" || format == "epoch_second"; }

// Calls `visit(format)` for the alternatives until it returns true; whether it did.
template <typename Visit>
bool AnyFormat(std::string_view formats, Visit visit) {
  for (;;) {
    const size_t bar = formats.find("||");
    if (visit(formats.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    formats.remove_prefix(bar + 2);
  }
}

// The parts of a pattern: runs of one letter, quoted text, single other characters. Calls `visit(letter, length)` and
// `visit('\0', text)`; stops when it returns false. False for an open quote too.
template <typename OnLetters, typename OnText>
bool WalkPattern(std::string_view pattern, OnLetters on_letters, OnText on_text) {
  while (!pattern.empty()) {
    const char c = pattern[0];
    size_t size = 1;
    if (c == '\'') {
      const size_t close = pattern.find('\'', 1);
      if (close == std::string_view::npos || !on_text(pattern.substr(1, close - 1))) return false;
      size = close + 1;
    } else if (ascii::IsLetter(c)) {
      while (size < pattern.size() && pattern[size] == c) ++size;
      if (!on_letters(c, size)) return false;
    } else if (!on_text(pattern.substr(0, 1))) {
      return false;
    }
    pattern.remove_prefix(size);
  }
  return true;
}

bool IsPatternPart(char letter, size_t count) {
  switch (letter) {
    case 'y':
    case 'u':
      return count == 4;
    case 'M':
    case 'd':
    case 'H':
    case 'm':
    case 's':
      return count <= 2;
    case 'S':
      return count <= 9;
    case 'X':
    case 'Z':
    case 'x':
      return count <= 3;
    default:
      return false;
  }
}

bool IsPattern(std::string_view format) {
  return !format.empty() && WalkPattern(format, IsPatternPart, [](std::string_view) { return true; });
}

// A date read by a pattern; -1 for what the pattern does not have.
struct Parts {
  int year = 1970, month = 1, day = 1, hour = -1, minute = -1, second = -1, nanos = -1, offset = 0;
};

// A number of `count` digits, or of one or two when the pattern has a single letter.
bool TakeNumber(TextCursor& in, size_t count, int& out) {
  if (count != 1) return in.Digits(static_cast<int>(count), out);
  if (!in.Digits(1, out)) return false;
  int digit = 0;
  if (in.AtDigit() && in.Digits(1, digit)) out = out * 10 + digit;
  return true;
}

bool TakeOffset(TextCursor& in, int& offset) {
  if (in.Take('Z')) return true;
  const bool negative = in.Take('-');
  int hours = 0, minutes = 0;
  if ((!negative && !in.Take('+')) || !in.Digits(2, hours)) return false;
  const bool colon = in.Take(':');
  if ((colon || in.AtDigit()) && !in.Digits(2, minutes)) return false;
  offset = (hours * 60 + minutes) * 60 * (negative ? -1 : 1);
  return hours <= 23 && minutes <= 59;
}

bool TakePart(TextCursor& in, char letter, size_t count, Parts& parts) {
  switch (letter) {
    case 'y':
    case 'u':
      return TakeNumber(in, count, parts.year);
    case 'M':
      return TakeNumber(in, count, parts.month);
    case 'd':
      return TakeNumber(in, count, parts.day);
    case 'H':
      return TakeNumber(in, count, parts.hour) && parts.hour <= 23;
    case 'm':
      return TakeNumber(in, count, parts.minute) && parts.minute <= 59;
    case 's':
      return TakeNumber(in, count, parts.second) && parts.second <= 59;
    case 'S':
      if (!in.Digits(static_cast<int>(count), parts.nanos)) return false;
      for (; count < 9; ++count) parts.nanos *= 10;
      return true;
    default:
      return TakeOffset(in, parts.offset);
  }
}

std::optional<Instant> ToInstant(const Parts& parts, bool last) {
  const auto or_bound = [last](int part, int bound) { return part >= 0 ? part : last ? bound : 0; };
  const int second =
      (or_bound(parts.hour, 23) * 60 + or_bound(parts.minute, 59)) * 60 + or_bound(parts.second, 59) - parts.offset;
  return InstantOf(parts.year, parts.month, parts.day, second, or_bound(parts.nanos, 999'999'999));
}

std::optional<DateSpan> ParsePattern(std::string_view text, std::string_view pattern) {
  TextCursor in(text);
  Parts parts;
  const bool fits = WalkPattern(
      pattern, [&](char letter, size_t count) { return TakePart(in, letter, count, parts); },
      [&](std::string_view literal) { return std::ranges::all_of(literal, [&](char c) { return in.Take(c); }); });
  if (!fits || !in.AtEnd()) return std::nullopt;
  const auto first = ToInstant(parts, false), last = ToInstant(parts, true);
  if (!first || !last) return std::nullopt;
  return DateSpan{*first, *last};
}

Instant FromNanos(int64_t seconds, int64_t nanos) {
  if (nanos < 0) return {seconds - 1, static_cast<int32_t>(nanos + kNanosPerSecond)};
  return {seconds, static_cast<int32_t>(nanos)};
}

// A whole count with up to nine decimals, of units that have `nanos_per_unit`.
std::optional<DateSpan> ParseEpoch(std::string_view text, int64_t nanos_per_unit) {
  constexpr size_t kMostDigits = 17;  // hundreds of thousands of years in milliseconds
  TextCursor in(text);
  const int64_t sign = in.Take('-') ? -1 : 1;
  int64_t whole = 0, decimals = 0, unit = kNanosPerSecond;
  size_t digits = 0;
  int digit = 0;
  for (; in.AtDigit() && digits <= kMostDigits && in.Digits(1, digit); ++digits) whole = whole * 10 + digit;
  if (digits == 0 || digits > kMostDigits) return std::nullopt;
  const bool exact = in.Take('.');
  for (; exact && in.AtDigit() && unit > 1 && in.Digits(1, digit); unit /= 10) decimals = decimals * 10 + digit;
  if (!in.AtEnd() || (exact && unit == kNanosPerSecond)) return std::nullopt;
  const int64_t units_per_second = kNanosPerSecond / nanos_per_unit;
  const int64_t part = nanos_per_unit == kNanosPerSecond ? decimals * unit : decimals * unit / units_per_second;
  const int64_t nanos = whole % units_per_second * nanos_per_unit + part;
  const Instant first = FromNanos(sign * (whole / units_per_second), sign * nanos);
  if (exact) return DateSpan{first, first};
  const int64_t last = first.nanos + nanos_per_unit - 1;
  return DateSpan{first, {first.seconds + last / kNanosPerSecond, static_cast<int32_t>(last % kNanosPerSecond)}};
}

std::optional<DateSpan> ParseOne(std::string_view text, std::string_view format) {
  if (IsIsoName(format)) return ParseIso8601(text);
  if (format == "epoch_millis") return ParseEpoch(text, kNanosPerMilli);
  if (format == "epoch_second") return ParseEpoch(text, kNanosPerSecond);
  return ParsePattern(text, format == "basic_date" ? "yyyyMMdd" : format);
}

}  // namespace

bool AreDateFormats(std::string_view formats) noexcept {
  return !AnyFormat(formats, [](std::string_view format) {
    return !IsIsoName(format) && !IsEpochName(format) && format != "basic_date" && !IsPattern(format);
  });
}

std::optional<DateSpan> ParseDate(std::string_view text, std::string_view formats) noexcept {
  std::optional<DateSpan> date;
  AnyFormat(formats, [&](std::string_view format) {
    date = ParseOne(text, format);
    return date.has_value();
  });
  return date;
}

std::optional<DateSpan> DateSpanOf(const abi::Value& value, std::string_view formats) noexcept {
  if (value.is_string()) return ParseDate(value.text(), formats);
  if (!value.is_number()) return std::nullopt;
  NumberBuffer buffer;
  const std::string_view text = FormatNumber(value, buffer);
  if (formats != kDefaultDateFormats) {
    if (const std::optional<DateSpan> date = ParseDate(text, formats)) return date;
  }
  if (value.kind != abi::ValueKind::kDouble) return ParseEpoch(text, kNanosPerMilli);
  const std::optional<Instant> instant = InstantOfMillis(value.payload.f64);
  return instant ? std::optional(DateSpan{*instant, *instant}) : std::nullopt;
}

std::optional<Instant> DateOf(const abi::Value& value, std::string_view formats) noexcept {
  const std::optional<DateSpan> date = DateSpanOf(value, formats);
  return date ? std::optional(date->first) : std::nullopt;
}

abi::Value CountOf(Instant instant, DateUnit unit) noexcept {
  const int64_t per_second = unit == DateUnit::kMillis ? 1'000 : kNanosPerSecond;
  int64_t count = 0;
  if (__builtin_mul_overflow(instant.seconds, per_second, &count) ||
      __builtin_add_overflow(count, instant.nanos / (kNanosPerSecond / per_second), &count)) {
    return abi::Null();
  }
  return abi::Int(count);
}

abi::Value CountOfDate(const abi::Value& value, std::string_view formats, DateUnit unit) noexcept {
  const std::optional<Instant> instant = DateOf(value, formats);
  return instant ? CountOf(*instant, unit) : abi::Null();
}

}  // namespace eqlc
