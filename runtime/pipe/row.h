// PipeRow: one match of one rule, kept until the rule's pipes have decided about it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/event/event_record.h"

namespace eqlc {

// Owns a reference to each of its events. Movable only.
class PipeRow {
 public:
  // Takes a reference to every event; null ones (places of missing items) stay null.
  PipeRow(std::span<EventRecord* const> events, std::span<const std::string> join_keys)
      : events_(events.begin(), events.end()), join_keys_(join_keys.begin(), join_keys.end()) {
    for (EventRecord* event : events_) {
      if (event != nullptr) event->Ref();
    }
  }
  PipeRow(PipeRow&& other) noexcept
      : events_(std::exchange(other.events_, {})), join_keys_(std::exchange(other.join_keys_, {})) {}
  PipeRow& operator=(PipeRow&& other) noexcept {
    std::swap(events_, other.events_);
    std::swap(join_keys_, other.join_keys_);
    return *this;
  }
  ~PipeRow() {
    for (EventRecord* event : events_) {
      if (event != nullptr) event->Unref();
    }
  }

  std::span<EventRecord* const> events() const { return events_; }
  std::span<const std::string> join_keys() const { return join_keys_; }

  // What keeping it costs; events that others keep as well count in full.
  size_t bytes() const {
    size_t bytes = sizeof *this + events_.size() * sizeof(EventRecord*);
    for (const EventRecord* event : events_) bytes += event != nullptr ? event->bytes() : 0;
    for (const std::string& key : join_keys_) bytes += sizeof key + key.size();
    return bytes;
  }

 private:
  std::vector<EventRecord*> events_;
  std::vector<std::string> join_keys_;
};

}  // namespace eqlc
