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

std::optional<int64_t> Narrow(Wide nanoseconds) {
  if (nanoseconds < std::numeric_limits<int64_t>::min() || nanoseconds > std::numeric_limits<int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<int64_t>(nanoseconds);
}

// Takes a text apart from the front.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool Take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TakeAny(std::string_view set) { return !rest_.empty() && set.find(rest_[0]) != set.npos && Take(rest_[0]); }
  // Exactly `count` digits.
  bool Digits(int count, int& out) {
    if (rest_.size() < static_cast<size_t>(count)) return false;
    out = 0;
    for (int i = 0; i < count; ++i) {
      if (!ascii::IsDigit(rest_[static_cast<size_t>(i)])) return false;
      out = out * 10 + (rest_[static_cast<size_t>(i)] - '0');
    }
    rest_.remove_prefix(static_cast<size_t>(count));
    return true;
  }
  bool AtDigit() const { return !rest_.empty() && ascii::IsDigit(rest_[0]); }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

struct TimeOfDay {
  int hour = 0, minute = 0, second = 0, nanos = 0;
};

bool ParseFraction(Cursor& in, int& nanos) {
  int digits = 0;
  for (nanos = 0; in.AtDigit(); ++digits) {
    int digit = 0;
    if (digits == 9) return false;
    in.Digits(1, digit);
    nanos = nanos * 10 + digit;
  }
  if (digits == 0) return false;
  for (; digits < 9; ++digits) nanos *= 10;
  return true;
}

// HH:MM, HH:MM:SS or HH:MM:SS.fraction. A leap second counts as the first second of the next minute.
bool ParseTimeOfDay(Cursor& in, TimeOfDay& out) {
  if (!in.Digits(2, out.hour) || !in.Take(':') || !in.Digits(2, out.minute)) return false;
  if (in.Take(':')) {
    if (!in.Digits(2, out.second)) return false;
    if (in.TakeAny(".,") && !ParseFraction(in, out.nanos)) return false;
  }
  return out.hour <= 23 && out.minute <= 59 && out.second <= 60;
}

// Z, +HH:MM, +HHMM, +HH, or nothing (UTC).
bool ParseOffset(Cursor& in, int& seconds) {
  seconds = 0;
  if (in.TakeAny("Zz") || in.AtEnd()) return true;
  const bool negative = in.Take('-');
  if (!negative && !in.Take('+')) return false;
  int hours = 0, minutes = 0;
  if (!in.Digits(2, hours)) return false;
  if (!in.AtEnd()) {
    in.Take(':');
    if (!in.Digits(2, minutes)) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  seconds = (hours * 60 + minutes) * 60 * (negative ? -1 : 1);
  return true;
}

std::optional<int64_t> ParseIso(std::string_view text) {
  Cursor in(text);
  int year = 0, month = 0, day = 0, offset = 0;
  if (!in.Digits(4, year) || !in.Take('-') || !in.Digits(2, month) || !in.Take('-') || !in.Digits(2, day)) {
    return std::nullopt;
  }
  TimeOfDay time;
  if (!in.AtEnd() && !(in.TakeAny("Tt ") && ParseTimeOfDay(in, time) && ParseOffset(in, offset) && in.AtEnd())) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const int64_t seconds = days * 86'400 + time.hour * 3'600 + time.minute * 60 + time.second - offset;
  return Narrow(Wide{seconds} * kNanosPerSecond + time.nanos);
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
std::optional<int64_t> FromNumber(Wide whole, int64_t fraction, TimestampUnit unit) {
  if (unit == TimestampUnit::kAuto) unit = UnitOfMagnitude(whole);
  const int64_t scale = NanosPer(unit);
  Wide nanos = whole * scale + Wide{fraction} * scale / kNanosPerSecond;
  if (unit == TimestampUnit::kFiletime) nanos -= Wide{kFiletimeEpochSeconds} * kNanosPerSecond;
  return Narrow(nanos);
}

// Through the shortest decimal text: 1700000000.123 means 123 ms, not the 122999906 ns that the double is.
std::optional<int64_t> FromDouble(double number, TimestampUnit unit) {
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

std::optional<int64_t> FromNumberValue(const Value& number, TimestampUnit unit) {
  if (number.kind == ValueKind::kDouble) return FromDouble(number.payload.f64, unit);
  return FromNumber(number.kind == ValueKind::kUint ? Wide{number.payload.u64} : Wide{number.payload.i64}, 0, unit);
}

void AppendPadded(std::string& out, int64_t number, size_t width) {
  const std::string digits = std::to_string(number);
  out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

}  // namespace

std::optional<int64_t> ParseTimestamp(const Value& value, TimestampUnit unit) noexcept {
  if (value.is_number()) return FromNumberValue(value, unit);
  if (!value.is_string()) return std::nullopt;
  const Value number = ParseNumber(value.text());
  return number.is_null() ? ParseIso(value.text()) : FromNumberValue(number, unit);
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
