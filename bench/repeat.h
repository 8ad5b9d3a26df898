// Recordings repeated, for streams that are longer than what was recorded.
#pragma once

#include <cstdint>

#include "runtime/measure/event_lines.h"

namespace eqlc::bench {

// The `pass`th repetition of a recording: timestamps moved on by `pass` times the time that it takes as a whole,
// another host. Pass 0 is the recording. An event without a timestamp, or without a host, stays so.
EventLines Repeat(const EventLines& recording, uint32_t pass);

}  // namespace eqlc::bench
