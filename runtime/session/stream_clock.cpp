#include "runtime/session/stream_clock.h"

#include <algorithm>

namespace eqlc {
namespace {

// `b` - `a` is more than `far`. Times may be as far apart as numbers can be.
bool IsFarBehind(int64_t a, int64_t b, int64_t far) {
  return a<b&& static_cast<uint64_t>(b) - static_cast<uint64_t>(a)> static_cast<uint64_t>(far);
}

}  // namespace

void StreamClock::Observe(int64_t timestamp_ns) {
  recent_[events_++ % kRecent] = timestamp_ns;
  const bool is_first = now_ns_ == INT64_MIN;
  if (is_first || !(IsFarBehind(now_ns_, timestamp_ns, kFarNs) || IsFarBehind(timestamp_ns, now_ns_, kFarNs))) {
    now_ns_ = std::max(now_ns_, timestamp_ns);
  } else {
    MoveFar(timestamp_ns);
  }
}

void StreamClock::AdvanceTo(int64_t timestamp_ns) { now_ns_ = std::max(now_ns_, timestamp_ns); }

void StreamClock::MoveFar(int64_t timestamp_ns) {
  const bool later = timestamp_ns > now_ns_;
  std::array<int64_t, kRecent> far{};
  auto end = far.begin();
  for (size_t i = 0; i < std::min(events_, kRecent); ++i) {
    const int64_t time = recent_[i];
    if (later ? IsFarBehind(now_ns_, time, kFarNs) : IsFarBehind(time, now_ns_, kFarNs)) *end++ = time;
  }
  const auto count = end - far.begin();
  if (2 * count <= static_cast<ptrdiff_t>(kRecent)) return;
  const auto middle = far.begin() + count / 2;
  std::nth_element(far.begin(), middle, end);
  now_ns_ = *middle;
}

}  // namespace eqlc
