// LineChunk: the lines of one PushLines, and what was found out about their events before their turn.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/session/event_matcher.h"
#include "runtime/source/line_splitter.h"

namespace eqlc {

// Belongs to one thread at a time.
class LineChunk {
 public:
  LineChunk(std::string text, OnLinesDone done);
  LineChunk(const LineChunk&) = delete;
  LineChunk& operator=(const LineChunk&) = delete;

  // For AheadQueue. Evaluates the events, or as many as there is room for results of.
  using Helper = EventMatcher;
  void DoAhead(EventMatcher& matcher);
  size_t bytes() const { return text_.size(); }

  // The lines in order: what is known of them, or only the line itself.
  struct Line {
    MatchedEvent event;  // valid as long as the chunk
    uint64_t number;     // from 1
    bool matched;        // all of `event` is known; else `event.line` alone
  };
  std::optional<Line> Next();

  // The line that Next gave last is no event.
  void AddBadLine(uint64_t number, std::string message) { bad_lines_.push_back({number, std::move(message)}); }
  // After the last Next: tells what became of the lines. What is left is only fit to be destroyed.
  void Finish();

 private:
  struct Found {
    std::string_view line;
    std::optional<int64_t> timestamp_ns;
    uint64_t number;
    uint32_t matched_end;  // in matched_; they begin where those of the line before end
    bool line_is_text;
    bool is_event;
  };

  void Add(const MatchedEvent& event);
  void AddOther(std::string_view line);
  void Forget();
  std::string_view Keep(std::string_view text);
  abi::Value Keep(const abi::Value& value);
  LineageFacts Keep(const LineageFacts& facts);

  std::string text_;
  OnLinesDone done_;
  LineSplitter lines_;  // at what is not in found_
  std::vector<Found> found_;
  std::vector<abi::ConditionId> matched_;
  std::vector<abi::Value> tiebreakers_;  // by line, when there are any
  std::vector<LineageFacts> lineage_;    // the same
  std::deque<std::string> kept_;         // texts of these that do not stand in text_
  size_t next_ = 0;                      // of found_
  std::vector<BadLine> bad_lines_;
};

}  // namespace eqlc
