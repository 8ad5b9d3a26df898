// The streams of events that the table is measured with.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/event_generator.h"
#include "eqlc/result.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc::bench {

struct Stream {
  std::string name;
  std::string description;  // where it is from, one sentence
  std::shared_ptr<const EventLines> events;
  bool recorded = false;
};

inline std::shared_ptr<const EventLines> Share(EventLines events) {
  return std::make_shared<const EventLines>(std::move(events));
}

Stream GeneratedStream(const EventMix& mix, size_t count);

// `count` events of a recording from its beginning; a shorter one is repeated, each time later and from other hosts.
Result<Stream> RecordedStream(const std::string& name, const std::vector<std::string>& files, size_t count);

// Every `step`th event.
EventLines EveryNth(const EventLines& events, size_t step);

// What a command line of 64 KB is made of: what patterns begin with, over and over; one letter; a great many arguments.
enum class HostileKind : uint8_t { kBeginnings, kOneLetter, kArguments };
inline constexpr HostileKind kHostileKinds[] = {HostileKind::kBeginnings, HostileKind::kOneLetter,
                                                HostileKind::kArguments};

// Starts of `process` with such command lines, of all kinds in turn or of one.
Stream HostileStream(const std::string& process, size_t count, std::optional<HostileKind> only = std::nullopt);

}  // namespace eqlc::bench
