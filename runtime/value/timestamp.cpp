// Event time. Tested by tests/unit/runtime/value/timestamp_test.cpp.
#include "runtime/value/timestamp.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"

namespace eqlc {

using abi::Value;
using abi::ValueKind;

namespace {

__extension__ typedef __int128 Wide;

constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kFiletimeEpochSeconds = 11'644'473'600;  // from 1601-01-01 to 1970-01-01
constexpr double kNumberBound = 1e20;                      // beyond every timestamp in nanoseconds

// An instant out of range is still a time: events that have one are in order with all others but those beyond the same
// end of it.
int64_t Saturate(Wide nanoseconds) {
  constexpr Wide kMin = std::numeric_limits<int64_t>::min(), kMax = std::numeric_limits<int64_t>::max();
  return static_cast<int64_t>(std::clamp(nanoseconds, kMin, kMax));
}

std::optional<int64_t> ParseIso(std::string_view text) {
  const std::optional<DateSpan> span = ParseIso8601(text);
  if (!span) return std::nullopt;
  return Saturate(Wide{span->first.seconds} * kNanosPerSecond + span->first.nanos);
}

TimestampUnit UnitOfMagnitude(Wide whole) {
  const Wide magnitude = whole < 0 ? -whole : whole;
  if (magnitude < 100'000'000'000) return TimestampUnit::kSeconds;
  if (magnitude < 100'000'000'000'000) return TimestampUnit::kMillis;
  if (magnitude < 100'000'000'000'000'000) return TimestampUnit::kMicros;
  // FILETIME of the years 1949 to 2108; as nanoseconds these would be 1973 to 1975.
  if (whole >= 110'000'000'000'000'000 && whole <= 160'000'000'000'000'000) return TimestampUnit::kFiletime;
  return TimestampUnit::kNanos;
}

int64_t NanosPer(TimestampUnit unit) {
  switch (unit) {
    case TimestampUnit::kAuto:
    case TimestampUnit::kSeconds:
      return kNanosPerSecond;
    case TimestampUnit::kMillis:
      return 1'000'000;
    case TimestampUnit::kMicros:
      return 1'000;
    case TimestampUnit::kNanos:
      return 1;
    case TimestampUnit::kFiletime:
      return 100;
  }
  return 1;
}

// `whole` and `fraction` (in units of 1e-9, of the same sign) in `unit`.
Wide FromNumber(Wide whole, int64_t fraction, TimestampUnit unit) {
  if (unit == TimestampUnit::kAuto) unit = UnitOfMagnitude(whole);
  const int64_t scale = NanosPer(unit);
  Wide nanos = whole * scale + Wide{fraction} * scale / kNanosPerSecond;
  if (unit == TimestampUnit::kFiletime) nanos -= Wide{kFiletimeEpochSeconds} * kNanosPerSecond;
  return nanos;
}

// Through the shortest decimal text: 1700000000.123 means 123 ms, not the 122999906 ns that the double is.
std::optional<Wide> FromDouble(double number, TimestampUnit unit) {
  if (!(std::fabs(number) < kNumberBound)) return std::nullopt;
  char text[64];
  const auto written = std::to_chars(text, text + sizeof text, std::fabs(number), std::chars_format::fixed);
  if (written.ec != std::errc()) return FromNumber(0, 0, unit);  // so many digits only just beside zero
  const std::string_view digits(text, static_cast<size_t>(written.ptr - text));
  const size_t point = std::min(digits.find('.'), digits.size());
  Wide whole = 0;
  for (const char c : digits.substr(0, point)) whole = whole * 10 + (c - '0');
  int64_t fraction = 0;
  for (size_t i = point + 1; i < point + 10; ++i) {
    fraction = fraction * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return number < 0 ? FromNumber(-whole, -fraction, unit) : FromNumber(whole, fraction, unit);
}

std::optional<Wide> FromNumberValue(const Value& number, TimestampUnit unit) {
  if (number.kind == ValueKind::kDouble) return FromDouble(number.payload.f64, unit);
  return FromNumber(number.kind == ValueKind::kUint ? Wide{number.payload.u64} : Wide{number.payload.i64}, 0, unit);
}

// Dates have a `-` behind the year, which in numbers only stands in front or behind an `e`. Four digits alone are a
// year, unless numbers have a unit that was asked for.
bool IsDate(std::string_view text, TimestampUnit unit) {
  if (text.size() < 4 || !std::all_of(text.begin(), text.begin() + 4, ascii::IsDigit)) return false;
  return text.size() == 4 ? unit == TimestampUnit::kAuto : text[4] == '-';
}

void AppendPadded(std::string& out, int64_t number, size_t width) {
  const std::string digits = std::to_string(number);
  out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

}  // namespace

std::optional<int64_t> ParseTimestamp(const Value& value, TimestampUnit unit) noexcept {
  if (value.is_string() && IsDate(value.text(), unit)) return ParseIso(value.text());
  const Value number = value.is_string() ? ParseNumber(value.text()) : value;
  if (!number.is_number()) return std::nullopt;
  const std::optional<Wide> nanos = FromNumberValue(number, unit);
  return nanos ? std::optional(Saturate(*nanos)) : std::nullopt;
}

std::optional<Instant> InstantOfMillis(double millis) noexcept {
  const std::optional<Wide> nanos = FromDouble(millis, TimestampUnit::kMillis);
  if (!nanos) return std::nullopt;
  const auto seconds = static_cast<int64_t>(*nanos / kNanosPerSecond);
  const auto rest = static_cast<int32_t>(*nanos % kNanosPerSecond);
  return rest < 0 ? Instant{seconds - 1, rest + static_cast<int32_t>(kNanosPerSecond)} : Instant{seconds, rest};
}

std::string FormatTimestamp(int64_t nanoseconds) {
  using std::chrono::days;
  const std::chrono::sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds(nanoseconds)};
  const auto midnight = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(midnight);
  // Not time - midnight: that overflows for the first day of the range.
  const int64_t day_nanos = 86'400 * kNanosPerSecond;
  const int64_t of_day = (nanoseconds % day_nanos + day_nanos) % day_nanos;
  const int64_t seconds = of_day / kNanosPerSecond, fraction = of_day % kNanosPerSecond;
  std::string out;
  AppendPadded(out, static_cast<int>(date.year()), 4);
  AppendPadded(out.append("-"), static_cast<unsigned>(date.month()), 2);
  AppendPadded(out.append("-"), static_cast<unsigned>(date.day()), 2);
  AppendPadded(out.append("T"), seconds / 3'600, 2);
  AppendPadded(out.append(":"), seconds / 60 % 60, 2);
  AppendPadded(out.append(":"), seconds % 60, 2);
  out.append(".");
  if (fraction % 1'000'000 == 0) {
    AppendPadded(out, fraction / 1'000'000, 3);
  } else if (fraction % 1'000 == 0) {
    AppendPadded(out, fraction / 1'000, 6);
  } else {
    AppendPadded(out, fraction, 9);
  }
  return out.append("Z");
}

}  // namespace eqlc
