#include "runtime/session/event_matcher.h"

#include "runtime/match/event_decoding.h"
#include "runtime/match/partition_store.h"
#include "runtime/session/alias_filter.h"
#include "runtime/value/timestamp.h"

namespace eqlc {
namespace {

const FieldSelection& SelectionOf(const Program::Impl& program, const SessionOptions& options) {
  static const FieldSelection everything;
  return options.use_index ? PartitionStore::Of(program).selection() : everything;
}

}  // namespace

EventMatcher::EventMatcher(const Program::Impl& program, const SessionOptions& options)
    : program_(program),
      timestamp_unit_(options.timestamp_unit),
      reorders_(options.reorder_ns != 0),
      decoder_(DecoderFor(program, SelectionOf(program, options))),
      frame_(FrameFor(program, AliasFilter::RoomFor(program))),
      conditions_(program, options.engine, options.use_index),
      computed_(program),
      lineage_(program) {}

Status EventMatcher::Evaluate(std::string_view line, MatchedEvent& event, const AwaitedConditions* awaited) {
  if (Status status = Decode(line); !status) return status;
  const abi::ImageHeader& header = program_.image.header();
  event.line = line;
  event.line_is_text = text().data() == line.data() && text().size() == line.size();
  event.timestamp_ns = ParseTimestamp(FirstValue(header.timestamp_field), timestamp_unit_);
  event.tiebreaker = reorders_ ? FirstValue(header.tiebreaker_field) : abi::Null();
  event.matched = Match(awaited, event.timestamp_ns.has_value());
  event.lineage = lineage_.Read(frame_.frame(), event.matched);
  return {};
}

// Null when the event has none or the program lacks the field.
abi::Value EventMatcher::FirstValue(abi::FieldId field) {
  const abi::EventFrame& frame = frame_.frame();
  if (field == abi::kNone || frame.slots[field].count == 0) return abi::Null();
  return frame.values[frame.slots[field].first];
}

}  // namespace eqlc
