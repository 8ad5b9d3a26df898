// Dates as Elasticsearch's `date` and `date_nanos` fields read them: by a list of formats, from texts and numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/abi/value.h"
#include "runtime/value/iso8601.h"

namespace eqlc {

// What a date field counts in; `date` is exact to the millisecond, `date_nanos` to the nanosecond.
enum class DateUnit : uint8_t { kMillis, kNanos };

// Formats are alternatives with `||` between them: ISO-8601 by one of its names, `epoch_millis`, `epoch_second`, or a
// pattern of y M d H m s S X Z, quoted text and punctuation.
inline constexpr std::string_view kDefaultDateFormats = "strict_date_optional_time||epoch_millis";
bool AreDateFormats(std::string_view formats) noexcept;

// The first format that takes the whole text decides. REQUIRES: AreDateFormats(formats).
std::optional<DateSpan> ParseDate(std::string_view text, std::string_view formats) noexcept;

// What a value or literal of a date field says. A number counts milliseconds unless formats other than the default take
// its text: then it may be seconds, or digits as in yyyyMMdd. REQUIRES: AreDateFormats(formats).
std::optional<DateSpan> DateSpanOf(const abi::Value& value, std::string_view formats) noexcept;
// Its first instant, which is what a value of an event means.
std::optional<Instant> DateOf(const abi::Value& value, std::string_view formats) noexcept;

// A count since the epoch, rounded down; null beyond int64.
abi::Value CountOf(Instant instant, DateUnit unit) noexcept;
// The same of DateOf(value, formats); null, too, for what is no date.
abi::Value CountOfDate(const abi::Value& value, std::string_view formats, DateUnit unit) noexcept;

}  // namespace eqlc
