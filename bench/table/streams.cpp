#include "bench/table/streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "runtime/value/timestamp.h"

namespace eqlc::bench {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMillisecond = 1'000'000;
constexpr uint64_t kStartMs = 1'767'225'600'000;  // 2026-01-01
constexpr size_t kHostileBytes = 64u << 10;

struct Place {
  size_t begin;
  size_t size;
};

// What stands between `before` and the next quote; recordings write their keys in one way.
std::optional<Place> FindText(std::string_view event, std::string_view before, size_t from = 0) {
  const size_t found = event.find(before, from);
  if (found == std::string_view::npos) return std::nullopt;
  const size_t begin = found + before.size();
  const size_t end = event.find('"', begin);
  if (end == std::string_view::npos) return std::nullopt;
  return Place{begin, end - begin};
}

// The timestamp, text in recordings and milliseconds in generated events.
std::optional<Place> FindTimestamp(std::string_view event) {
  constexpr std::string_view kGenerated = R"({"@timestamp":)";
  if (!event.starts_with(kGenerated)) return FindText(event, R"("@timestamp": ")");
  return Place{kGenerated.size(), event.find(',') - kGenerated.size()};
}

std::optional<int64_t> TimeOf(std::string_view event) {
  const std::optional<Place> place = FindTimestamp(event);
  if (!place) return std::nullopt;
  return ParseTimestamp(abi::String(event.substr(place->begin, place->size)), TimestampUnit::kAuto);
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
  if (const std::optional<Place> place = FindTimestamp(text)) {
    const bool quoted = text[place->begin - 1] == '"';
    const int64_t time = TimeOf(event).value_or(0) + by_ns;
    text.replace(place->begin, place->size, quoted ? FormatTimestamp(time) : fmt::format("{}", time / kMillisecond));
  }
  const size_t host = text.find(R"("host": {)");
  for (const char* key : {R"("name": ")", R"("id": ")"}) {
    const std::optional<Place> place = host == std::string::npos ? std::nullopt : FindText(text, key, host);
    if (place) text.insert(place->begin + place->size, fmt::format("-{}", pass));
  }
  return text;
}

std::string Times(std::string_view part, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

}  // namespace

Stream GeneratedStream(const EventMix& mix, size_t count) {
  EventGenerator generator(mix);
  EventLines events;
  for (size_t i = 0; i < count; ++i) events.Append(generator.Next());
  return {"generated",
          fmt::format("generator of this repository, seed {}: process {}, file {}, network {}, library {}, "
                      "registry {} in 1,000 events, {} in 1,000 look like an attack",
                      mix.seed, mix.process, mix.file, mix.network, mix.library,
                      1'000 - mix.process - mix.file - mix.network - mix.library, mix.suspicious),
          Share(std::move(events))};
}

Result<Stream> RecordedStream(const std::string& name, const std::vector<std::string>& files, size_t count) {
  Result<EventLines> recording = EventLines::Load(files, count);
  if (!recording) return recording.error();
  if (recording->size() == 0) return Error{fmt::format("no events for stream {}", name)};
  const size_t recorded = recording->size();
  std::string description = fmt::format("recorded, {} events", recorded);
  if (recorded >= count) return Stream{name, description, Share(std::move(*recording)), /*recorded=*/true};

  EventLines events = Repeat(*recording, 0);
  for (uint32_t pass = 1; events.size() < count; ++pass) {
    const EventLines later = Repeat(*recording, pass);
    for (size_t i = 0; i < later.size() && events.size() < count; ++i) events.Append(later[i]);
  }
  description += fmt::format(", repeated with later times and other hosts to {}", count);
  return Stream{name, description, Share(std::move(events)), /*recorded=*/true};
}

EventLines Repeat(const EventLines& recording, uint32_t pass) {
  const int64_t by_ns = pass == 0 ? 0 : pass * Duration(recording);
  EventLines events;
  for (size_t i = 0; i < recording.size(); ++i) {
    events.Append(pass == 0 ? std::string(recording[i]) : Shifted(recording[i], by_ns, pass));
  }
  return events;
}

EventLines EveryNth(const EventLines& events, size_t step) {
  EventLines some;
  for (size_t i = 0; i < events.size(); i += step) some.Append(events[i]);
  return some;
}

static const char* NameOf(HostileKind kind) {
  switch (kind) {
    case HostileKind::kBeginnings:
      return "beginnings of patterns";
    case HostileKind::kOneLetter:
      return "one letter";
    case HostileKind::kArguments:
      return "many arguments";
  }
  return "";
}

// As they stand in JSON.
static std::string CommandLine(HostileKind kind) {
  switch (kind) {
    case HostileKind::kBeginnings:
      return Times(R"(C:\\Windows\\System32\\ cmd /c powershell -enc http://)", kHostileBytes);
    case HostileKind::kOneLetter:
      return std::string(kHostileBytes, 'a');
    case HostileKind::kArguments:
      return Times("-a ", kHostileBytes);
  }
  return "";
}

Stream HostileStream(const std::string& process, size_t count, std::optional<HostileKind> only) {
  const std::string many_args = Times(R"("-a",)", kHostileBytes) + R"("-a")";
  EventLines events;
  for (size_t i = 0; i < count; ++i) {
    const HostileKind kind = only.value_or(kHostileKinds[i % std::size(kHostileKinds)]);
    const std::string line = CommandLine(kind);
    events.Append(fmt::format(
        R"({{"@timestamp":{},"event":{{"action":"start","category":["process"],"id":"{}","type":["start"]}},)"
        R"("host":{{"id":"h1","os":{{"type":"windows"}}}},"process":{{"args":[{}],"command_line":"{}",)"
        R"("entity_id":"{}","executable":"C:\\Windows\\System32\\{}","name":"{}",)"
        R"("parent":{{"executable":"C:\\Windows\\explorer.exe","name":"{}"}},"pid":{}}},"user":{{"id":"S-1-5-18"}}}})",
        kStartMs + i, i, kind == HostileKind::kArguments ? many_args : "\"" + line + "\"", line, i, process, process,
        process, i));
  }
  return {only ? NameOf(*only) : "hostile",
          fmt::format("starts of {} with command lines of 64 KB: beginnings of patterns over and over, one letter, "
                      "thirteen thousand arguments",
                      process),
          Share(std::move(events))};
}

}  // namespace eqlc::bench
