#include "runtime/session/line_chunk.h"

#include <functional>

#include "eqlc/limits.hpp"

namespace eqlc {

LineChunk::LineChunk(std::string text, OnLinesDone done)
    : text_(std::move(text)), done_(std::move(done)), lines_(text_) {}

void LineChunk::DoAhead(EventMatcher& matcher) {
  try {
    MatchedEvent event;
    std::string_view line;
    while (matched_.size() < limits::kMaxMatchesPerChunk && lines_.Next(line)) {
      if (matcher.Evaluate(line, event)) {
        Add(event);
      } else {
        AddOther(line);
      }
    }
  } catch (...) {
    // When it is their turn the lines are evaluated by the caller's thread, which the caller then hears from.
    Forget();
  }
}

void LineChunk::Add(const MatchedEvent& event) {
  matched_.insert(matched_.end(), event.matched.begin(), event.matched.end());
  if (!event.tiebreaker.is_null()) {
    tiebreakers_.resize(found_.size(), abi::Null());
    tiebreakers_.push_back(Keep(event.tiebreaker));
  }
  if (event.lineage != nullptr) {
    lineage_.resize(found_.size());
    lineage_.push_back(Keep(*event.lineage));
  }
  found_.push_back({event.line, event.timestamp_ns, lines_.number(), static_cast<uint32_t>(matched_.size()),
                    event.line_is_text, true});
}

// Why it is no event will be found out again when somebody is there to tell.
void LineChunk::AddOther(std::string_view line) {
  found_.push_back({line, {}, lines_.number(), static_cast<uint32_t>(matched_.size()), true, false});
}

void LineChunk::Forget() {
  lines_ = LineSplitter(text_);
  found_.clear();
  matched_.clear();
  tiebreakers_.clear();
  lineage_.clear();
  kept_.clear();
}

// Texts may stand in the matcher's memory, which the next event takes.
std::string_view LineChunk::Keep(std::string_view text) {
  const std::less<const char*> before;
  const bool own = !before(text.data(), text_.data()) && before(text.data(), text_.data() + text_.size());
  return own || text.empty() ? text : kept_.emplace_back(text);
}

abi::Value LineChunk::Keep(const abi::Value& value) {
  return value.is_string() ? abi::String(Keep(value.text())) : value;
}

LineageFacts LineChunk::Keep(const LineageFacts& facts) {
  LineageFacts kept = facts;
  for (ProcessFacts& process : kept.processes) {
    process.identity = Keep(process.identity);
    for (std::string_view& parent : process.parents) parent = Keep(parent);
    for (std::string_view& ancestor : process.ancestors) ancestor = Keep(ancestor);
  }
  return kept;
}

std::optional<LineChunk::Line> LineChunk::Next() {
  Line line{};
  if (next_ == found_.size()) {
    if (!lines_.Next(line.event.line)) return std::nullopt;
    line.number = lines_.number();
    return line;
  }
  const Found& found = found_[next_];
  const uint32_t first = next_ == 0 ? 0 : found_[next_ - 1].matched_end;
  line.event.line = found.line;
  line.event.line_is_text = found.line_is_text;
  line.event.timestamp_ns = found.timestamp_ns;
  if (next_ < tiebreakers_.size()) line.event.tiebreaker = tiebreakers_[next_];
  if (next_ < lineage_.size()) line.event.lineage = &lineage_[next_];
  line.event.matched = std::span(matched_).subspan(first, found.matched_end - first);
  line.number = found.number;
  line.matched = found.is_event;
  ++next_;
  return line;
}

void LineChunk::Finish() {
  if (done_) done_({std::move(text_), lines_.newlines(), std::move(bad_lines_)});
}

}  // namespace eqlc
