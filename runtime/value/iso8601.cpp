// Tested by tests/unit/runtime/value/iso8601_test.cpp.
#include "runtime/value/iso8601.h"

#include <chrono>

#include "runtime/value/text_cursor.h"

namespace eqlc {
namespace {

constexpr int kLastSecond = 86'399;
constexpr int kLastNano = 999'999'999;

// What the text leaves out ends the time of day: first and last second (and nano) it may mean.
struct TimeOfDay {
  int first = 0, last = kLastSecond;
  int first_nanos = 0, last_nanos = kLastNano;
};

bool ParseFraction(TextCursor& in, int& nanos) {
  constexpr int kSecond = 1'000'000'000;
  int unit = kSecond;  // of the digit read last
  nanos = 0;
  for (int digit = 0; in.Digits(1, digit); unit /= 10) {
    if (unit == 1) return false;
    nanos = nanos * 10 + digit;
  }
  nanos *= unit;
  return unit < kSecond;
}

bool ParseTimeOfDay(TextCursor& in, TimeOfDay& out) {
  int hour = 0, minute = 0, second = 0;
  if (!in.Digits(2, hour) || !in.Take(':') || !in.Digits(2, minute) || hour > 23 || minute > 59) return false;
  out.first = (hour * 60 + minute) * 60;
  out.last = out.first + 59;
  if (!in.Take(':')) return true;
  if (!in.Digits(2, second) || second > 60) return false;
  out.last = out.first += second;
  if (!in.TakeAny('.', ',')) return true;
  if (!ParseFraction(in, out.first_nanos)) return false;
  out.last_nanos = out.first_nanos;
  return true;
}

bool ParseOffset(TextCursor& in, int& seconds) {
  seconds = 0;
  if (in.TakeAny('Z', 'z') || in.AtEnd()) return true;
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

// In seconds since the epoch; nothing for a date that does not exist.
std::optional<int64_t> MidnightOf(int year, int month, int day) {
  if (month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * int64_t{86'400};
}

}  // namespace

std::optional<Instant> InstantOf(int year, int month, int day, int second_of_day, int nanos) noexcept {
  const std::optional<int64_t> midnight = MidnightOf(year, month, day);
  return midnight ? std::optional(Instant{*midnight + second_of_day, nanos}) : std::nullopt;
}

std::optional<DateSpan> ParseIso8601(std::string_view text) noexcept {
  TextCursor in(text);
  int year = 0, month = 1, day = 1, offset = 0;
  TimeOfDay time;
  if (!in.Digits(4, year)) return std::nullopt;
  if (!in.AtEnd() && (!in.Take('-') || !in.Digits(2, month))) return std::nullopt;
  if (!in.AtEnd() && (!in.Take('-') || !in.Digits(2, day))) return std::nullopt;
  if (!in.AtEnd() &&
      !(in.TakeAny('T', 't', ' ') && ParseTimeOfDay(in, time) && ParseOffset(in, offset) && in.AtEnd())) {
    return std::nullopt;
  }
  const std::optional<int64_t> midnight = MidnightOf(year, month, day);
  if (!midnight) return std::nullopt;
  const int64_t from = *midnight - offset;
  return DateSpan{{from + time.first, time.first_nanos}, {from + time.last, time.last_nanos}};
}

}  // namespace eqlc
