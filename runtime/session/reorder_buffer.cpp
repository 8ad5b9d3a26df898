// Tested by tests/unit/runtime/session/reorder_buffer_test.cpp.
#include "runtime/session/reorder_buffer.h"

#include <algorithm>

#include "eqlc/session.hpp"
#include "runtime/value/compare.h"

namespace eqlc {
namespace {

// Numbers before texts before nothing, so that the order is total whatever the field holds.
int Rank(const abi::Value& v) {
  if (v.is_number()) return 0;
  return v.is_string() ? 1 : 2;
}

int CompareTiebreakers(const abi::Value& a, const abi::Value& b) {
  if (Rank(a) != Rank(b)) return Rank(a) < Rank(b) ? -1 : 1;
  if (Compare(abi::Op::kLt, a, b) == Tri::kTrue) return -1;
  return Compare(abi::Op::kGt, a, b) == Tri::kTrue ? 1 : 0;
}

}  // namespace

HeldEvent::HeldEvent(const MatchedEvent& event, bool keep_line)
    : line_(keep_line ? event.line : std::string_view()),
      line_is_text_(event.line_is_text),
      timestamp_ns_(event.timestamp_ns),
      matched_(event.matched.begin(), event.matched.end()) {}

bool Ordinal::operator<(const Ordinal& other) const {
  if (timestamp_ns != other.timestamp_ns) return timestamp_ns < other.timestamp_ns;
  if (int order = CompareTiebreakers(tiebreaker, other.tiebreaker); order != 0) return order < 0;
  return arrival < other.arrival;
}

// The text of a held tiebreaker moves with its event, so it is looked up rather than pointed at.
bool ReorderBuffer::Later(const Held& a, const Held& b) {
  auto ordinal = [](const Held& held) {
    Ordinal o = held.ordinal;
    if (o.tiebreaker.is_string()) o.tiebreaker = abi::String(held.tiebreaker_text);
    return o;
  };
  return ordinal(b) < ordinal(a);
}

void ReorderBuffer::Push(const MatchedEvent& event, bool keep_line) {
  const int64_t without_timestamp = window_ns_ == kSortAll ? INT64_MAX : newest_ns_;
  Held held{.ordinal = {event.timestamp_ns.value_or(without_timestamp), event.tiebreaker, arrivals_++},
            .event = HeldEvent(event, keep_line),
            .tiebreaker_text = {}};
  if (event.tiebreaker.is_string()) held.tiebreaker_text = event.tiebreaker.text();
  bytes_ += held.bytes();
  heap_.push_back(std::move(held));
  std::push_heap(heap_.begin(), heap_.end(), Later);
  if (event.timestamp_ns) newest_ns_ = std::max(newest_ns_, *event.timestamp_ns);
}

std::optional<int64_t> ReorderBuffer::due_ns() const {
  if (window_ns_ == kSortAll) return std::nullopt;
  return newest_ns_ < INT64_MIN + window_ns_ ? INT64_MIN : newest_ns_ - window_ns_;
}

std::optional<HeldEvent> ReorderBuffer::Pop(bool all) {
  if (heap_.empty()) return std::nullopt;
  if (!all) {
    const std::optional<int64_t> due = due_ns();
    if (!due || (heap_.front().ordinal.timestamp_ns > *due && bytes_ <= max_bytes_)) return std::nullopt;
  }
  std::pop_heap(heap_.begin(), heap_.end(), Later);
  bytes_ -= heap_.back().bytes();
  HeldEvent event = std::move(heap_.back().event);
  heap_.pop_back();
  return event;
}

}  // namespace eqlc
