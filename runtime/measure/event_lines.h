// EventLines: events kept in memory, so that a measurement has no input or output in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eqlc/result.hpp"

namespace eqlc {

// Movable; lines are added before it is shared.
class EventLines {
 public:
  EventLines() : text_(kPadding, ' ') {}
  // The first `max_events` events of the files together.
  static Result<EventLines> Load(const std::vector<std::string>& paths, size_t max_events);

  // REQUIRES: no newline in `event`. Views of earlier events become invalid.
  void Append(std::string_view event);

  size_t size() const { return lines_.size(); }
  // All events, each followed by a newline.
  std::string_view text() const { return {text_.data(), text_.size() - kPadding}; }
  // Without the newline; at least kPadding readable bytes follow.
  std::string_view operator[](size_t i) const { return {text_.data() + lines_[i].first, lines_[i].second}; }

  static constexpr size_t kPadding = 64;  // what simdjson's On-Demand reads behind a document

 private:
  std::string text_;
  std::vector<std::pair<size_t, size_t>> lines_;  // offset, size
};

}  // namespace eqlc
