#include "runtime/session/alert_batch.h"

#include "eqlc/limits.hpp"

namespace eqlc {

void AlertBatch::Add(uint32_t rule, PipeRow row, int64_t timestamp_ns) {
  event_bytes_ += row.bytes();
  alerts_.push_back({rule, std::move(row), timestamp_ns});
}

bool AlertBatch::full() const {
  return alerts_.size() >= limits::kAlertsPerBatch || event_bytes_ >= limits::kChunkBytes;
}

void AlertBatch::DoAhead(const AlertRenderer& renderer) {
  try {
    while (text_ends_.size() < alerts_.size() && text_.size() < limits::kRenderedBytesPerBatch) {
      renderer.Render(alert(text_ends_.size()), text_);
      text_ends_.push_back(text_.size());
    }
  } catch (...) {
    // When it is its turn the alert is rendered by the caller's thread, which says what went wrong.
    text_.resize(text_ends_.empty() ? 0 : text_ends_.back());
  }
}

Alert AlertBatch::alert(size_t i) {
  const Decided& decided = alerts_[i];
  events_.clear();
  for (const EventRecord* event : decided.row.events()) {
    events_.push_back(event != nullptr ? event->json() : std::string_view());
  }
  Alert alert{rules_[decided.rule], events_, decided.row.join_keys(), decided.timestamp_ns};
  if (rendered(i)) {
    const size_t begin = i == 0 ? 0 : text_ends_[i - 1];
    alert.text = std::string_view(text_).substr(begin, text_ends_[i] - begin);
  }
  return alert;
}

void AlertBatch::Clear() {
  alerts_.clear();
  chunk_.reset();
  event_bytes_ = 0;
  text_.clear();
  if (text_.capacity() > 2 * limits::kRenderedBytesPerBatch) text_ = std::string();  // it held a very long text
  text_ends_.clear();
}

}  // namespace eqlc
