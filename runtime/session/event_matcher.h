// EventMatcher: what can be found out about an event by itself: line -> frame -> conditions that hold.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "eqlc/session.hpp"
#include "runtime/event/decoder.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/match/computed_fields.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/program.h"
#include "runtime/session/lineage_reader.h"

namespace eqlc {

// An event, and what an EventMatcher found out about it. Owns nothing.
struct MatchedEvent {
  std::string_view line;
  bool line_is_text = true;  // else the event is a part of the line, or has bytes that differ (Decoder::text)
  std::optional<int64_t> timestamp_ns;
  abi::Value tiebreaker = abi::Null();        // null, too, when events are not reordered
  std::span<const abi::ConditionId> matched;  // ascending; of a program with lineage, if no relation holds
  const LineageFacts* lineage = nullptr;      // null without lineage
};

// Thread-safety: none (one per thread); cheap beside the tables that all of a program's share.
class EventMatcher {
 public:
  // `program` must outlive the matcher.
  EventMatcher(const Program::Impl& program, const SessionOptions& options);

  // Decodes an event and evaluates its conditions, or only those of `awaited`. `event` is valid until the next call of
  // anything; an Error: the line is none.
  Status Evaluate(std::string_view line, MatchedEvent& event, const AwaitedConditions* awaited = nullptr);

  // The steps by themselves. The frame shows the event decoded last.
  Status Decode(std::string_view line) { return decoder_.Decode(line, frame_); }
  // `has_time`: the event has a timestamp. Without one all conditions count, as the event is left out of what it
  // matches.
  const std::vector<abi::ConditionId>& Match(const AwaitedConditions* awaited, bool has_time) {
    return conditions_.Match(frame_.frame(), has_time ? awaited : nullptr);
  }
  void Compute(std::span<const abi::ConditionId> matched) { computed_.Fill(matched, frame_); }

  std::string_view text() const { return decoder_.text(); }
  FrameBuffer& frame() { return frame_; }
  ConditionMatcher& conditions() { return conditions_; }

 private:
  abi::Value FirstValue(abi::FieldId field);

  const Program::Impl& program_;
  const TimestampUnit timestamp_unit_;
  const bool reorders_;
  Decoder decoder_;
  FrameBuffer frame_;
  ConditionMatcher conditions_;
  ComputedFields computed_;
  LineageReader lineage_;
};

}  // namespace eqlc
