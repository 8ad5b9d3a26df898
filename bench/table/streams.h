// The streams of events that the table is measured with.
#pragma once

#include <cstdint>
#include <memory>
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

// The `pass`th repetition of a recording: timestamps moved on by `pass` times the time that it takes as a whole,
// another host. Pass 0 is the recording.
EventLines Repeat(const EventLines& recording, uint32_t pass);

// Every `step`th event.
EventLines EveryNth(const EventLines& events, size_t step);

// One of three kinds in turn, each with 64 KB of command line: it is said many times over what patterns begin with, it
// goes on for ever as one letter, it is a program with a great many arguments. Every event is the start of `process`.
Stream HostileStream(const std::string& process, size_t count);

}  // namespace eqlc::bench
