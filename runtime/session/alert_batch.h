// AlertBatch: alerts that the OrderedStage has decided, in order, and texts that were made of them before their turn.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/alert.hpp"
#include "runtime/pipe/row.h"
#include "runtime/session/line_chunk.h"

namespace eqlc {

// Belongs to one thread at a time, but its events count their references in the session's: only that one adds alerts,
// clears and destroys.
class AlertBatch {
 public:
  // `rules` must outlive it.
  explicit AlertBatch(std::span<const RuleInfo> rules) : rules_(rules) {}
  AlertBatch(const AlertBatch&) = delete;
  AlertBatch& operator=(const AlertBatch&) = delete;

  void Add(uint32_t rule, PipeRow row, int64_t timestamp_ns);
  // The last of its alerts were the last of the chunk's, which is finished with them.
  void EndWith(std::unique_ptr<LineChunk> chunk) { chunk_ = std::move(chunk); }
  bool full() const;

  // For AheadQueue. Renders the alerts, or as many as there is room for.
  using Helper = const AlertRenderer;
  void DoAhead(const AlertRenderer& renderer);
  size_t bytes() const { return event_bytes_ + (chunk_ ? chunk_->bytes() : 0); }

  size_t size() const { return alerts_.size(); }
  uint32_t rule(size_t i) const { return alerts_[i].rule; }
  bool rendered(size_t i) const { return i < text_ends_.size(); }
  // Valid until the next call. With its text if it is rendered.
  Alert alert(size_t i);
  LineChunk* chunk() const { return chunk_.get(); }

  // To be filled anew, with the same memory.
  void Clear();

 private:
  struct Decided {
    uint32_t rule;
    PipeRow row;
    int64_t timestamp_ns;
  };

  std::span<const RuleInfo> rules_;
  std::vector<Decided> alerts_;
  std::unique_ptr<LineChunk> chunk_;
  size_t event_bytes_ = 0;
  std::string text_;
  std::vector<size_t> text_ends_;         // of the first alerts, in text_
  std::vector<std::string_view> events_;  // of one alert
};

}  // namespace eqlc
