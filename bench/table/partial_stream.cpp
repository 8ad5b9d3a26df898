#include "bench/table/partial_stream.h"

#include <fmt/format.h>

#include <iterator>

namespace eqlc::bench {

RuleText PartialStream::Rule() {
  return {"open-partials.eql",
          R"(sequence by process.entity_id with maxspan=10h
               [process where event.action == "bench_open"]
               [process where event.action == "bench_complete"])"};
}

// Keys look like those of endpoint agents: 40 characters with little in common.
std::string_view PartialStream::Event(const char* action, uint64_t key) {
  event_.clear();
  fmt::format_to(std::back_inserter(event_),
                 R"({{"@timestamp":{},"event":{{"action":"{}","category":["process"],"type":["change"]}},)"
                 R"("host":{{"id":"h1"}},"process":{{"entity_id":"{:016x}{:024x}","pid":{}}}}})",
                 now_ms_, action, key * 0x9e3779b97f4a7c15, key, key % 60'000);
  return event_;
}

std::string_view PartialStream::Open() {
  open_.push_back(next_key_);
  return OpenForGood();
}

std::string_view PartialStream::Complete() {
  std::swap(open_[random_() % open_.size()], open_.back());
  const uint64_t key = open_.back();
  open_.pop_back();
  return Event("bench_complete", key);
}

EventLines PartialStream::Segment(size_t count) {
  EventLines events;
  for (size_t i = 0; i < count; ++i) {
    if (i % 5 != 4) {
      events.Append(generator_.Next());
    } else {
      events.Append(i % 10 == 4 ? Complete() : Open());
    }
  }
  return events;
}

}  // namespace eqlc::bench
