// EventRecord: an event kept beyond its turn, because a partial sequence or a pending match needs it.
#pragma once

#include <cstdint>
#include <string_view>

namespace eqlc {

// Reference-counted copy of an event's text; the text follows the header in one allocation.
// Thread-safety: none (one session, one thread).
class EventRecord {
 public:
  // Reference count 1. Null when memory is out.
  static EventRecord* Create(std::string_view json, int64_t timestamp_ns);

  void Ref() { ++references_; }
  void Unref();

  std::string_view json() const { return {reinterpret_cast<const char*>(this + 1), size_}; }
  int64_t timestamp_ns() const { return timestamp_ns_; }
  size_t bytes() const { return sizeof(EventRecord) + size_; }

  // Places in sequence state that hold this event; its bytes are charged once, with the first. Both give the number
  // of other keepers. A keeper holds a reference besides.
  uint32_t AddKeeper() { return keepers_++; }
  uint32_t DropKeeper() { return --keepers_; }

 private:
  EventRecord(uint32_t size, int64_t timestamp_ns) : timestamp_ns_(timestamp_ns), size_(size) {}

  int64_t timestamp_ns_;
  uint32_t references_ = 1;
  uint32_t size_;
  uint32_t keepers_ = 0;
};

// The event being evaluated: its text, and the one record of it that all partials share, made when first asked for.
class CurrentEvent {
 public:
  CurrentEvent() = default;
  CurrentEvent(const CurrentEvent&) = delete;
  CurrentEvent& operator=(const CurrentEvent&) = delete;
  ~CurrentEvent() { Reset({}, 0); }

  // Starts the next event; lets go of the last one's record.
  void Reset(std::string_view json, int64_t timestamp_ns);
  std::string_view json() const { return json_; }
  int64_t timestamp_ns() const { return timestamp_ns_; }
  // A new reference; null when memory is out.
  EventRecord* Retain();

 private:
  std::string_view json_;
  int64_t timestamp_ns_ = 0;
  EventRecord* record_ = nullptr;
};

}  // namespace eqlc
