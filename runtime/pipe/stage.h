// PipeStage: one pipe of one rule over the rows of its matches (docs/semantics.md section 7). A file of this folder
// each.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "runtime/abi/image.h"
#include "runtime/pipe/row.h"
#include "runtime/pipe/row_evaluator.h"
#include "runtime/support/slab.h"

namespace eqlc {

using RowSink = std::function<void(PipeRow)>;

// What the pipes of one rule hold and have let go.
struct PipeAccount {
  size_t max_bytes;
  size_t held_bytes = 0;
  uint64_t suppressed = 0;  // rows kept back for good
  uint64_t dropped = 0;     // of these, those let go for memory

  bool full() const { return held_bytes > max_bytes; }
  void Drop() { ++suppressed, ++dropped; }
};

// Thread-safety: none.
class PipeStage {
 public:
  virtual ~PipeStage() = default;
  // Takes a row; gives what comes out now to `out`.
  virtual void Push(PipeRow row, const RowSink& out) = 0;
  // End of input: gives out what was held back, in order. Called once.
  virtual void Finish(const RowSink& out) { (void)out; }
  // Every further row will be suppressed.
  virtual bool done() const { return false; }
  // Rows come out at the end only.
  virtual bool holds_back() const { return false; }
};

// What a stage is made of. All but `pipe` outlive it.
struct StageSetup {
  const abi::ImagePipe& pipe;
  std::span<const abi::ExprId> args;
  RowEvaluator& evaluator;
  PipeAccount& account;
  SlabPool& memory;  // of the events that it makes; outlives its rows, too
};

std::unique_ptr<PipeStage> MakeHead(const StageSetup& setup);
std::unique_ptr<PipeStage> MakeTail(const StageSetup& setup);
std::unique_ptr<PipeStage> MakeFilter(const StageSetup& setup);
std::unique_ptr<PipeStage> MakeUnique(const StageSetup& setup);
std::unique_ptr<PipeStage> MakeSort(const StageSetup& setup);
std::unique_ptr<PipeStage> MakeCount(const StageSetup& setup);
std::unique_ptr<PipeStage> MakeUniqueCount(const StageSetup& setup);

}  // namespace eqlc
