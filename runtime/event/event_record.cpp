// Tested by tests/unit/runtime/event/event_record_test.cpp.
#include "runtime/event/event_record.h"

#include <cassert>
#include <cstring>
#include <new>

namespace eqlc {

EventRecord* EventRecord::Create(std::string_view json, int64_t timestamp_ns) {
  if (json.size() > UINT32_MAX) return nullptr;
  void* memory = ::operator new(sizeof(EventRecord) + json.size(), std::nothrow);
  if (memory == nullptr) return nullptr;
  auto* record = new (memory) EventRecord(static_cast<uint32_t>(json.size()), timestamp_ns);
  if (!json.empty()) std::memcpy(record + 1, json.data(), json.size());
  return record;
}

void EventRecord::Unref() {
  assert(references_ > 0);
  if (--references_ == 0) ::operator delete(this);
}

void CurrentEvent::Reset(std::string_view json, int64_t timestamp_ns) {
  if (record_ != nullptr) record_->Unref();
  record_ = nullptr;
  json_ = json;
  timestamp_ns_ = timestamp_ns;
}

EventRecord* CurrentEvent::Retain() {
  if (record_ == nullptr) record_ = EventRecord::Create(json_, timestamp_ns_);
  if (record_ != nullptr) record_->Ref();
  return record_;
}

}  // namespace eqlc
