// ISO-8601 texts, whole or cut short: `2026-11-22T10:00:00.123Z`, `2026-11-22T10:00`, `2026-11`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace eqlc {

// A point in time; nanos in [0, 1e9) counts forward from seconds, also before the epoch.
struct Instant {
  int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  int32_t nanos = 0;

  auto operator<=>(const Instant&) const = default;
};

// What a text says: its first instant and, where it leaves the time of day or a part of it out, the last one it may
// mean. `2026-11-22` is the whole day; a missing month or day is 01 in both, as in Elasticsearch.
struct DateSpan {
  Instant first;
  Instant last;
};

// Year, month and day with `-`, then `T` or a blank, HH:MM[:SS[.fraction]] with up to 9 digits, and `Z`, +HH:MM, +HHMM,
// +HH or nothing (UTC). Day, month and time may be missing from the end. A leap second is the first second of the next
// minute. Years 0000 to 9999.
std::optional<DateSpan> ParseIso8601(std::string_view text) noexcept;

// The instant of a civil date and time; nothing for a date that does not exist. REQUIRES: the time of day is in range.
std::optional<Instant> InstantOf(int year, int month, int day, int second_of_day, int nanos) noexcept;

}  // namespace eqlc
