// Tested by tests/unit/runtime/event/event_record_test.cpp.
#include "runtime/event/event_record.h"

#include <cassert>
#include <cstring>
#include <new>

namespace eqlc {

EventRecord* EventRecord::Create(SlabPool& memory, std::string_view json, int64_t timestamp_ns) {
  static_assert(offsetof(EventRecord, alert_mark_) + sizeof alert_mark_ == kHeaderBytes);
  static_assert(SlabPool::Footprint(kHeaderBytes) == sizeof(EventRecord));
  if (json.size() > UINT32_MAX) return nullptr;
  void* place = memory.Allocate(kHeaderBytes + json.size());
  if (place == nullptr) return nullptr;
  auto* record = new (place) EventRecord(static_cast<uint32_t>(json.size()), timestamp_ns);
  if (!json.empty()) std::memcpy(static_cast<char*>(place) + kHeaderBytes, json.data(), json.size());
  return record;
}

void EventRecord::Unref() {
  assert(references_ > 0);
  if (--references_ == 0) SlabPool::Free(this, bytes());
}

void CurrentEvent::Reset(std::string_view json, int64_t timestamp_ns) {
  if (record_ != nullptr) record_->Unref();
  record_ = nullptr;
  json_ = json;
  timestamp_ns_ = timestamp_ns;
  alert_mark_ = {};
}

EventRecord* CurrentEvent::Retain() {
  if (record_ == nullptr) record_ = EventRecord::Create(memory_, json_, timestamp_ns_);
  if (record_ != nullptr) record_->Ref();
  return record_;
}

}  // namespace eqlc
