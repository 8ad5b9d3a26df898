// SequenceMatch: what sequence and sample engines hand on.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "runtime/event/event_record.h"

namespace eqlc {

// A completed sequence or sample. The records are valid during the callback.
struct SequenceMatch {
  uint32_t rule;
  std::span<EventRecord* const> events;    // in item order (`runs` expanded); null at the place of a missing item
  std::span<const std::string> join_keys;  // JSON texts
};

// Takes completed matches, in order of completion. Must not call back into the engine.
class MatchReceiver {
 public:
  virtual ~MatchReceiver() = default;
  virtual void OnMatch(const SequenceMatch& match) = 0;
};

}  // namespace eqlc
