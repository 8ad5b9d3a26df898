#include "runtime/sample/representatives.h"

#include <bit>

namespace eqlc {

void RepresentativeSearch::Begin(std::span<const FilterMask> events, size_t limit) {
  events_ = events;
  limit_ = limit;
  used_.assign(events.size(), false);
  found_.clear();
}

std::span<const Assignment> RepresentativeSearch::All(std::span<const FilterMask> events, size_t limit) {
  Begin(events, limit);
  const FilterMask all = AllFilters(filter_count_);
  if (limit > 0 && Completable(all)) Place(all);
  return found_;
}

std::span<const Assignment> RepresentativeSearch::WithLast(std::span<const FilterMask> events, size_t limit) {
  Begin(events, limit);
  if (limit == 0 || events.empty()) return found_;
  const auto last = static_cast<uint32_t>(events.size() - 1);
  for (uint32_t f = 0; f < filter_count_; ++f) {
    const FilterMask others = AllFilters(filter_count_) & ~(FilterMask{1} << f);
    if ((events[last] >> f & 1) != 0 && !PlaceAt(f, last, others)) break;
  }
  return found_;
}

bool RepresentativeSearch::Completable(FilterMask open) const {
  FilterSets sets = kNoEvents;
  for (size_t e = 0; e < events_.size() && !Covers(sets, open); ++e) {
    if (!used_[e]) sets = WithEvent(sets, events_[e] & open);
  }
  return Covers(sets, open);
}

bool RepresentativeSearch::Place(FilterMask open) {
  if (open == 0) {
    found_.push_back(current_);
    return found_.size() < limit_;
  }
  const auto filter = static_cast<uint32_t>(std::countr_zero(open));
  for (uint32_t e = 0; e < events_.size(); ++e) {
    if (used_[e] || (events_[e] >> filter & 1) == 0) continue;
    if (!PlaceAt(filter, e, open & (open - 1))) return false;
  }
  return true;
}

bool RepresentativeSearch::PlaceAt(uint32_t filter, uint32_t event, FilterMask open) {
  used_[event] = true;
  current_[filter] = event;
  const bool more = !Completable(open) || Place(open);
  used_[event] = false;
  return more;
}

}  // namespace eqlc
