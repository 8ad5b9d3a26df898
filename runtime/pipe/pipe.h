// PipeChain: the `head` and `tail` pipes of one rule over its matches (docs/semantics.md sections 5.8 and 7.1). Pipes
// apply one after the other, each to the rows that the one before really gives: `head 10 | tail 7` over 8 matches is
// matches 2 to 8. `head` passes rows at once; `tail` holds the last ones back until the end of the input.
// Tested by tests/unit/runtime/pipe/pipe_test.cpp.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/abi/image.h"
#include "runtime/pipe/row.h"

namespace eqlc {

// Thread-safety: none.
class PipeChain {
 public:
  // `max_bytes` bounds what `tail` holds back; beyond it the oldest rows go, as if the count were smaller.
  explicit PipeChain(std::span<const abi::ImagePipe> pipes, size_t max_bytes = limits::kMaxTailBytes);

  PipeChain(const PipeChain&) = delete;
  PipeChain& operator=(const PipeChain&) = delete;

  // Gives the rows that come out now to `out`, a callable taking PipeRow&&.
  template <typename Out>
  void Push(PipeRow row, Out&& out) {
    if (Pass(row, 0)) out(std::move(row));
  }
  // End of input: gives what was held back, in order. Call once.
  template <typename Out>
  void Finish(Out&& out) {
    for (size_t i = 0; i < stages_.size(); ++i) {
      while (!stages_[i].held.empty()) {
        PipeRow row = Take(stages_[i]);
        if (Pass(row, i + 1)) out(std::move(row));
      }
    }
  }

  // No further row can change the result: the rule need not be evaluated any more.
  bool done() const;
  // Rows kept back for good.
  uint64_t suppressed() const { return suppressed_; }
  // Of these, rows that `tail` let go for memory.
  uint64_t dropped() const { return dropped_; }
  size_t held_bytes() const { return held_bytes_; }

 private:
  struct Stage {
    abi::PipeKind kind;
    uint64_t count;            // head: rows still to pass; tail: rows to hold
    std::deque<PipeRow> held;  // tail
  };

  // Sends the row through the stages from `first` on. True: it came out, and is the caller's.
  bool Pass(PipeRow& row, size_t first);
  void Hold(Stage& stage, PipeRow row);
  PipeRow Take(Stage& stage);

  std::deque<Stage> stages_;  // stages cannot be copied, nor moved without fail
  size_t max_bytes_;
  size_t held_bytes_ = 0;
  uint64_t suppressed_ = 0;
  uint64_t dropped_ = 0;
};

}  // namespace eqlc
