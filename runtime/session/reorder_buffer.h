// ReorderBuffer: holds events back for a while of event time and gives them out in order (docs/semantics.md
// section 5.9).
#pragma once

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

 private:
  std::string line_;
  bool line_is_text_;
  std::optional<int64_t> timestamp_ns_;
  std::vector<abi::ConditionId> matched_;
};

// Thread-safety: none.
class ReorderBuffer {
 public:
  // Events are released when one arrives that is `window_ns` newer; kSortAll: only by Pop(true).
  explicit ReorderBuffer(int64_t window_ns) : window_ns_(window_ns) {}

  // An event without timestamp sorts behind all (kSortAll) or counts as new as the newest.
  void Push(const MatchedEvent& event, bool keep_line);

  // The earliest event that is due, or any when `all`.
  std::optional<HeldEvent> Pop(bool all);

 private:
  struct Held {
    Ordinal ordinal;
    HeldEvent event;
    std::string tiebreaker_text;
  };
  static bool Later(const Held& a, const Held& b);

  int64_t window_ns_;
  int64_t newest_ns_ = INT64_MIN;
  uint64_t arrivals_ = 0;
  std::vector<Held> heap_;  // earliest first
};

}  // namespace eqlc
