// AlertGate: matches that raise no alert, as in Kibana (docs/semantics.md sections 8.5 and 8.6): those on an alert of
// the same rule, and groups of events that have raised theirs under another join key.
//
// A group comes again while one event is dispatched, which completes it under each of its keys, so no more is
// remembered. (One that begins and ends with a missing item is decided at its own time for each key.)
//
// Tested by tests/unit/runtime/session/alert_gate_test.cpp.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string_view>

#include "runtime/event/event_record.h"
#include "runtime/pipe/row.h"

namespace eqlc {

// False for nearly every event, after a look at its text: it is no alert.
bool MayBeAlert(std::string_view event);
// The event is an alert that the rule has raised. Parses it.
bool IsAlertOf(std::string_view event, std::string_view rule_id);

// Groups of events under several keys. Thread-safety: none.
class AlertGate {
 public:
  // False: this group has come before. Null at the places of missing events.
  bool Admits(uint32_t rule, std::span<EventRecord* const> events);
  // Forgets all groups.
  void BeginEvent() {
    if (!groups_.empty()) groups_.clear();
  }

 private:
  struct ByEvents {
    using is_transparent = void;
    static std::span<EventRecord* const> EventsOf(const PipeRow& row) { return row.events(); }
    static std::span<EventRecord* const> EventsOf(std::span<EventRecord* const> events) { return events; }
    static bool Less(std::span<EventRecord* const> a, std::span<EventRecord* const> b);

    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return Less(EventsOf(a), EventsOf(b));
    }
  };

  uint32_t rule_ = 0;                   // whose groups they are
  std::set<PipeRow, ByEvents> groups_;  // at most limits::kMaxKeysPerEvent
};

}  // namespace eqlc
