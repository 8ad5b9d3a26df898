// PartialStream: events that open and complete partial sequences of one rule of two steps, so that any number of them
// is open at a time.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/event_generator.h"
#include "eqlc/compile.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc::bench {

// Thread-safety: none.
class PartialStream {
 public:
  // The rule; nothing but the events of this class meets it.
  static RuleText Rule();

  // An event that opens a partial sequence of its own key; about 200 bytes. Valid until the next call.
  std::string_view Open();
  // The same, of one that is never completed: the stream does not remember its key, so all memory is the session's.
  std::string_view OpenForGood() { return Event("bench_open", next_key_++); }
  // One that completes any of those that are open. REQUIRES: one is open.
  std::string_view Complete();
  // One that has nothing to do with the rule.
  std::string_view Other() { return Event("bench_other", 0); }
  // The clock of the next events goes on by so much.
  void Wait(int64_t ms) { now_ms_ += ms; }

  // `count` events while as many partials stay open as are: four generated ones, then one that completes or opens one.
  EventLines Segment(size_t count);

 private:
  std::string_view Event(const char* action, uint64_t key);

  std::mt19937_64 random_{1};
  EventGenerator generator_{EventMix{}};
  int64_t now_ms_ = 1'767'225'600'000;  // where the generator begins, too
  uint64_t next_key_ = 0;
  std::vector<uint64_t> open_;
  std::string event_;
};

}  // namespace eqlc::bench
