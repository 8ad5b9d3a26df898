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
constexpr size_t kHostileBytes = 64u << 10;

// What stands between `before` and the next quote; recordings write their keys in one way.
std::optional<std::pair<size_t, size_t>> FindText(std::string_view event, std::string_view before, size_t from = 0) {
  const size_t found = event.find(before, from);
  if (found == std::string_view::npos) return std::nullopt;
  const size_t begin = found + before.size();
  const size_t end = event.find('"', begin);
  if (end == std::string_view::npos) return std::nullopt;
  return std::pair(begin, end - begin);
}

std::optional<int64_t> TimeOf(std::string_view event) {
  const auto place = FindText(event, R"("@timestamp": ")");
  if (!place) return std::nullopt;
  return ParseTimestamp(abi::String(event.substr(place->first, place->second)), TimestampUnit::kAuto);
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
  if (const auto place = FindText(text, R"("@timestamp": ")")) {
    text.replace(place->first, place->second, FormatTimestamp(TimeOf(event).value_or(0) + by_ns));
  }
  const size_t host = text.find(R"("host": {)");
  for (const char* key : {R"("name": ")", R"("id": ")"}) {
    const auto place = host == std::string::npos ? std::nullopt : FindText(text, key, host);
    if (place) text.insert(place->first + place->second, fmt::format("-{}", pass));
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

Stream HostileStream(const std::string& process, size_t count) {
  const std::string beginnings = Times(R"(C:\\Windows\\System32\\ cmd /c powershell -enc http://)", kHostileBytes);
  const std::string one_letter(kHostileBytes, 'a');
  const std::string arguments = Times("-a ", kHostileBytes);
  const std::string args = "\"" + Times(R"(-a","-a",")", kHostileBytes) + "\"";
  EventLines events;
  for (size_t i = 0; i < count; ++i) {
    const std::string& line = i % 3 == 0 ? beginnings : i % 3 == 1 ? one_letter : arguments;
    events.Append(fmt::format(
        R"({{"@timestamp":{},"event":{{"action":"start","category":["process"],"id":"{}","type":["start"]}},)"
        R"("host":{{"id":"h1","os":{{"type":"windows"}}}},"process":{{"args":[{}],"command_line":"{}",)"
        R"("entity_id":"{}","executable":"C:\\Windows\\System32\\{}","name":"{}",)"
        R"("parent":{{"executable":"C:\\Windows\\explorer.exe","name":"{}"}},"pid":{}}},"user":{{"id":"S-1-5-18"}}}})",
        1'767'225'600'000 + i, i, i % 3 == 2 ? args : "\"" + line + "\"", line, i, process, process, process, i));
  }
  return {"hostile",
          fmt::format("starts of {} with command lines of 64 KB: beginnings of patterns over and over, one letter, "
                      "twenty thousand arguments",
                      process),
          Share(std::move(events))};
}

}  // namespace eqlc::bench
