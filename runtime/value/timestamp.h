// Event time: from what a timestamp field holds to nanoseconds since the epoch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eqlc/session.hpp"
#include "runtime/abi/value.h"

namespace eqlc {

// ISO-8601 text (date, `T` or blank, fraction of up to 9 digits, `Z` or offset; without one: UTC), or a number or
// number text in `unit`. kAuto: by magnitude (seconds below 1e11, milliseconds below 1e14, microseconds below 1e17
// (FILETIME from 1.1e17 to 1.6e17), else nanoseconds). Nothing for anything else, or out of range of int64 nanoseconds.
std::optional<int64_t> ParseTimestamp(const abi::Value& value, TimestampUnit unit) noexcept;

// "2026-11-22T10:00:00.123Z"; microseconds or nanoseconds are shown when they are not zero.
std::string FormatTimestamp(int64_t nanoseconds);

}  // namespace eqlc
