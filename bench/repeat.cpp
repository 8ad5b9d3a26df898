#include "bench/repeat.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/timestamp.h"

namespace eqlc::bench {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMillisecond = 1'000'000;

struct Place {
  size_t begin;
  size_t size;
};

// The place behind `"key":` and the space that may follow.
std::optional<size_t> FindValue(std::string_view event, std::string_view key, size_t from = 0) {
  const std::string quoted = fmt::format("\"{}\":", key);
  const size_t found = event.find(quoted, from);
  if (found == std::string_view::npos) return std::nullopt;
  return std::min(event.find_first_not_of(' ', found + quoted.size()), event.size());
}

// What stands between the quotes, or up to the next comma.
std::optional<Place> FindScalar(std::string_view event, std::string_view key, size_t from = 0) {
  const std::optional<size_t> value = FindValue(event, key, from);
  if (!value) return std::nullopt;
  const bool is_quoted = event.substr(*value).starts_with('"');
  const size_t begin = *value + (is_quoted ? 1 : 0);
  const size_t end = event.find(is_quoted ? '"' : ',', begin);
  if (end == std::string_view::npos) return std::nullopt;
  return Place{begin, end - begin};
}

// Text in recordings, a number in generated events.
std::optional<int64_t> TimeOf(std::string_view event) {
  const std::optional<Place> place = FindScalar(event, "@timestamp");
  if (!place) return std::nullopt;
  const auto time = ParseTimestamp(abi::String(event.substr(place->begin, place->size)), TimestampUnit::kAuto);
  return time && !IsEndOfTime(*time) ? time : std::nullopt;
}

// From the first event to the last, and some more.
int64_t Duration(const EventLines& events) {
  int64_t first = INT64_MAX, last = INT64_MIN;
  for (size_t i = 0; i < events.size(); ++i) {
    const std::optional<int64_t> time = TimeOf(events[i]);
    if (!time) continue;
    first = std::min(first, *time);
    last = std::max(last, *time);
  }
  return first > last ? kSecond : last - first + kSecond;
}

std::string Shifted(std::string_view event, int64_t by_ns, uint32_t pass) {
  std::string text(event);
  if (const std::optional<int64_t> time = TimeOf(event)) {
    const Place place = *FindScalar(event, "@timestamp");
    const bool is_quoted = event[place.begin - 1] == '"';
    const int64_t later = *time + by_ns;
    text.replace(place.begin, place.size, is_quoted ? FormatTimestamp(later) : fmt::format("{}", later / kMillisecond));
  }
  const std::optional<size_t> host = FindValue(text, "host");
  for (const char* key : {"name", "id"}) {
    const std::optional<Place> place = host ? FindScalar(text, key, *host) : std::nullopt;
    if (place && text[place->begin - 1] == '"') text.insert(place->begin + place->size, fmt::format("-{}", pass));
  }
  return text;
}

}  // namespace

EventLines Repeat(const EventLines& recording, uint32_t pass) {
  const int64_t by_ns = pass == 0 ? 0 : pass * Duration(recording);
  EventLines events;
  for (size_t i = 0; i < recording.size(); ++i) {
    events.Append(pass == 0 ? std::string(recording[i]) : Shifted(recording[i], by_ns, pass));
  }
  return events;
}

}  // namespace eqlc::bench
