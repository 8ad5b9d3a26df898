// PipeChain: the pipes of one rule over its matches (docs/semantics.md sections 5.8 and 7). Pipes apply one after the
// other, each to the rows that the one before really gives: `head 10 | tail 7` over 8 matches is matches 2 to 8.
// Tested by tests/unit/runtime/pipe/ and tests/unit/compiler/python/pipe_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/abi/image.h"
#include "runtime/pipe/row.h"
#include "runtime/pipe/row_evaluator.h"
#include "runtime/pipe/stage.h"
#include "runtime/program/program.h"
#include "runtime/support/slab.h"

namespace eqlc {

// Thread-safety: none.
class PipeChain {
 public:
  // `max_bytes` bounds what the pipes hold back: `tail` then lets the oldest rows go, as if its number were smaller,
  // the others take no more rows. `program` must outlive the chain, and `memory` the rows it gives.
  PipeChain(const Program::Impl& program, std::span<const abi::ImagePipe> pipes, SlabPool& memory,
            size_t max_bytes = limits::kMaxTailBytes);

  PipeChain(const PipeChain&) = delete;
  PipeChain& operator=(const PipeChain&) = delete;

  // Gives the rows that come out now to `out`.
  void Push(PipeRow row, const RowSink& out) { PushFrom(0, std::move(row), out); }
  // End of input: gives what was held back, in order. Call once.
  void Finish(const RowSink& out);

  // No further row can change the result: the rule need not be evaluated any more.
  bool done() const;
  // Rows kept back for good.
  uint64_t suppressed() const { return account_.suppressed; }
  // Of these, rows let go for memory.
  uint64_t dropped() const { return account_.dropped; }
  size_t held_bytes() const { return account_.held_bytes; }

 private:
  void PushFrom(size_t stage, PipeRow row, const RowSink& out);

  RowEvaluator evaluator_;
  PipeAccount account_;
  std::vector<std::unique_ptr<PipeStage>> stages_;
};

}  // namespace eqlc
