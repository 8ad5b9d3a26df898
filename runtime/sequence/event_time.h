// Times of events as sequences reckon with them. Tested by tests/unit/runtime/sequence/event_time_test.cpp.
#pragma once

#include <algorithm>
#include <cstdint>

#include "runtime/event/event_record.h"

namespace eqlc {

// Keeps differences of timestamps within int64 (years 1823 to 2116). Times beyond it are taken for its ends.
constexpr int64_t kTimeBound = int64_t{1} << 62;

inline int64_t BoundedTime(int64_t timestamp_ns) { return std::clamp(timestamp_ns, -kTimeBound, kTimeBound); }

inline int64_t TimeOf(const EventRecord& event) { return BoundedTime(event.timestamp_ns()); }

}  // namespace eqlc
