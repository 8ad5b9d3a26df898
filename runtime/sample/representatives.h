// Systems of distinct representatives: ways to give each filter of a sample an event that matches it, no event twice.
// Tested by tests/unit/runtime/sample/representatives_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "eqlc/limits.hpp"

namespace eqlc {

// Bit f: filter f.
using FilterMask = uint32_t;

// Bit S, itself a FilterMask: events are at hand that give each filter of S one of its own.
using FilterSets = uint32_t;
static_assert(limits::kMaxSampleItems <= 5, "32 sets of filters");

inline constexpr FilterSets kNoEvents = 1;  // only the empty set

constexpr FilterMask AllFilters(uint32_t filter_count) { return (FilterMask{1} << filter_count) - 1; }

constexpr bool Covers(FilterSets sets, FilterMask filters) { return (sets >> filters & 1) != 0; }

// The sets with one event more, which matches `filters`: it may serve one of them, in any set that lacks it.
constexpr FilterSets WithEvent(FilterSets sets, FilterMask filters) {
  constexpr FilterSets kLacking[] = {0x55555555, 0x33333333, 0x0f0f0f0f, 0x00ff00ff, 0x0000ffff};  // [filter]
  FilterSets with = sets;
  for (uint32_t f = 0; f < limits::kMaxSampleItems; ++f) {
    if ((filters >> f & 1) != 0) with |= (sets & kLacking[f]) << (FilterMask{1} << f);
  }
  return with;
}

// [filter]: index of its event.
using Assignment = std::array<uint32_t, limits::kMaxSampleItems>;

// Lists assignments in lexicographic order of their event indices. Never goes into a branch that has none, so that
// the time is bounded by what is listed. Reused from search to search. Thread-safety: none.
class RepresentativeSearch {
 public:
  explicit RepresentativeSearch(uint32_t filter_count) : filter_count_(filter_count) {}

  // The first `limit` assignments of `events`, given by the filters that each matches.
  std::span<const Assignment> All(std::span<const FilterMask> events, size_t limit);
  // The same of those in which the last event takes part: first as event of filter 0, then of filter 1 ...
  std::span<const Assignment> WithLast(std::span<const FilterMask> events, size_t limit);

 private:
  void Begin(std::span<const FilterMask> events, size_t limit);
  // Gives each filter of `open` an event. False: the limit is reached.
  bool Place(FilterMask open);
  // `event` for `filter`, then all of `open`. False: the limit is reached.
  bool PlaceAt(uint32_t filter, uint32_t event, FilterMask open);
  bool Completable(FilterMask open) const;

  const uint32_t filter_count_;
  std::span<const FilterMask> events_;
  size_t limit_ = 0;
  std::vector<bool> used_;
  Assignment current_{};
  std::vector<Assignment> found_;
};

}  // namespace eqlc
