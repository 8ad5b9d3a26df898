// ReorderBuffer: holds events back for a while of event time and gives them out in order (docs/semantics.md
// section 5.9).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/abi/value.h"
#include "runtime/session/event_matcher.h"

namespace eqlc {

// A place in the order of events: timestamp, then tiebreaker (missing last), then arrival.
struct Ordinal {
  int64_t timestamp_ns;
  abi::Value tiebreaker;  // its text is owned by the event that holds it
  uint64_t arrival;

  bool operator<(const Ordinal& other) const;
};

// A copy of what was found out about an event.
class HeldEvent {
 public:
  // The line only if it will be needed.
  HeldEvent(const MatchedEvent& event, bool keep_line);

  // Valid as long as this one stays where it is; without tiebreaker.
  MatchedEvent event() const { return {line_, line_is_text_, timestamp_ns_, abi::Null(), matched_}; }
  // What it points to.
  size_t bytes() const { return line_.capacity() + matched_.capacity() * sizeof(abi::ConditionId); }

 private:
  std::string line_;
  bool line_is_text_;
  std::optional<int64_t> timestamp_ns_;
  std::vector<abi::ConditionId> matched_;
};

// Thread-safety: none.
class ReorderBuffer {
 public:
  // Events are released when one arrives that is `window_ns` newer, or when all have more than `max_bytes`; kSortAll:
  // only by Pop(true).
  ReorderBuffer(int64_t window_ns, size_t max_bytes) : window_ns_(window_ns), max_bytes_(max_bytes) {}

  // An event without timestamp sorts behind all (kSortAll) or counts as new as the newest.
  void Push(const MatchedEvent& event, bool keep_line);

  // It is this late, though no event says so.
  void AdvanceTime(int64_t timestamp_ns) { newest_ns_ = std::max(newest_ns_, timestamp_ns); }

  // The latest time that no event need be held for any more; nothing as long as none is released (kSortAll).
  std::optional<int64_t> due_ns() const;

  // The earliest event that is due, or any when `all`.
  std::optional<HeldEvent> Pop(bool all);

  // What the held events take.
  size_t bytes() const { return bytes_; }

 private:
  struct Held {
    Ordinal ordinal;
    HeldEvent event;
    std::string tiebreaker_text;

    size_t bytes() const { return sizeof(Held) + event.bytes() + tiebreaker_text.capacity(); }
  };
  static bool Later(const Held& a, const Held& b);

  const int64_t window_ns_;
  const size_t max_bytes_;
  size_t bytes_ = 0;
  int64_t newest_ns_ = INT64_MIN;
  uint64_t arrivals_ = 0;
  std::vector<Held> heap_;  // earliest first
};

}  // namespace eqlc
