// Event time: from what a timestamp field holds to nanoseconds since the epoch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eqlc/session.hpp"
#include "runtime/abi/value.h"
#include "runtime/value/iso8601.h"

namespace eqlc {

// ISO-8601 text (date, `T` or blank, fraction of up to 9 digits, `Z` or offset; without one: UTC), or a number or
// number text in `unit`. kAuto: by magnitude (seconds below 1e11, milliseconds below 1e14, microseconds below 1e17
// (FILETIME from 1.1e17 to 1.6e17), else nanoseconds), and four digits in a text are a year. Nothing for anything else;
// what is out of range of int64 nanoseconds (years 1677 to 2262) is its end.
std::optional<int64_t> ParseTimestamp(const abi::Value& value, TimestampUnit unit) noexcept;

// It is an end, which stands for any instant beyond it.
inline bool IsEndOfTime(int64_t nanoseconds) { return nanoseconds == INT64_MIN || nanoseconds == INT64_MAX; }

// Without that bound; nothing for what is no number, or beyond all dates.
std::optional<Instant> InstantOfMillis(double millis) noexcept;

// "2026-11-22T10:00:00.123Z"; microseconds or nanoseconds are shown when they are not zero.
std::string FormatTimestamp(int64_t nanoseconds);

}  // namespace eqlc
