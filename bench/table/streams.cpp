#include "bench/table/streams.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "bench/repeat.h"

namespace eqlc::bench {
namespace {

constexpr uint64_t kStartMs = 1'767'225'600'000;  // 2026-01-01
constexpr size_t kHostileBytes = 64u << 10;

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
