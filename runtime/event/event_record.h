// EventRecord: an event kept beyond its turn, because a partial sequence or a pending match needs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/support/slab.h"

namespace eqlc {

// Whether an event is an alert for all that a look at its text tells; nothing until somebody has looked.
class AlertMark {
 public:
  std::optional<bool> get() const { return state_ == 0 ? std::nullopt : std::optional(state_ == 2); }
  void set(bool may_be_alert) { state_ = may_be_alert ? 2 : 1; }

 private:
  uint8_t state_ = 0;
};

// Reference-counted copy of an event's text, in one allocation with it:
//
//   0              8            12     16        20     21
//   | timestamp_ns | references | size | keepers | mark | text ...
//
// A million of them may be kept, so the text begins right behind the header, where the structure has its padding.
// Thread-safety: none (one session, one thread).
class EventRecord {
 public:
  // Reference count 1. Null when memory is out. `memory` must outlive the record.
  static EventRecord* Create(SlabPool& memory, std::string_view json, int64_t timestamp_ns);

  void Ref() { ++references_; }
  void Unref();

  std::string_view json() const { return {reinterpret_cast<const char*>(this) + kHeaderBytes, size_}; }
  int64_t timestamp_ns() const { return timestamp_ns_; }
  size_t bytes() const { return kHeaderBytes + size_; }

  // Places in sequence state that hold this event; its bytes are charged once, with the first. Both give the number
  // of other keepers. A keeper holds a reference besides.
  uint32_t AddKeeper() { return keepers_++; }
  uint32_t DropKeeper() { return --keepers_; }

  AlertMark& alert_mark() { return alert_mark_; }

 private:
  static constexpr size_t kHeaderBytes = 21;

  EventRecord(uint32_t size, int64_t timestamp_ns) : timestamp_ns_(timestamp_ns), size_(size) {}

  int64_t timestamp_ns_;
  uint32_t references_ = 1;
  uint32_t size_;
  uint32_t keepers_ = 0;
  AlertMark alert_mark_;  // the last member; only padding is behind it
};

// The event being evaluated: its text, and the one record of it that all partials share, made when first asked for.
class CurrentEvent {
 public:
  // `memory` must outlive the event's record.
  explicit CurrentEvent(SlabPool& memory) : memory_(memory) {}
  CurrentEvent(const CurrentEvent&) = delete;
  CurrentEvent& operator=(const CurrentEvent&) = delete;
  ~CurrentEvent() { Reset({}, 0); }

  // Starts the next event; lets go of the last one's record.
  void Reset(std::string_view json, int64_t timestamp_ns);
  std::string_view json() const { return json_; }
  int64_t timestamp_ns() const { return timestamp_ns_; }
  AlertMark& alert_mark() { return alert_mark_; }
  // A new reference; null when memory is out.
  EventRecord* Retain();

 private:
  SlabPool& memory_;
  std::string_view json_;
  int64_t timestamp_ns_ = 0;
  AlertMark alert_mark_;
  EventRecord* record_ = nullptr;
};

}  // namespace eqlc
