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

void ReorderBuffer::Push(std::string_view json, std::optional<int64_t> timestamp_ns, const abi::Value& tiebreaker) {
  Held held;
  const int64_t without_timestamp = window_ns_ == kSortAll ? INT64_MAX : newest_ns_;
  held.ordinal = {timestamp_ns.value_or(without_timestamp), tiebreaker, arrivals_++};
  held.json = json;
  if (tiebreaker.is_string()) held.tiebreaker_text = tiebreaker.text();
  heap_.push_back(std::move(held));
  std::push_heap(heap_.begin(), heap_.end(), Later);
  if (timestamp_ns) newest_ns_ = std::max(newest_ns_, *timestamp_ns);
}

std::optional<std::string> ReorderBuffer::Pop(bool all) {
  if (heap_.empty()) return std::nullopt;
  if (!all) {
    if (window_ns_ == kSortAll) return std::nullopt;
    const int64_t due = newest_ns_ < INT64_MIN + window_ns_ ? INT64_MIN : newest_ns_ - window_ns_;
    if (heap_.front().ordinal.timestamp_ns > due) return std::nullopt;
  }
  std::pop_heap(heap_.begin(), heap_.end(), Later);
  std::string json = std::move(heap_.back().json);
  heap_.pop_back();
  return json;
}

}  // namespace eqlc
