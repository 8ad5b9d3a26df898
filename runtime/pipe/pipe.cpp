#include "runtime/pipe/pipe.h"

#include <utility>

namespace eqlc {
namespace {

std::unique_ptr<PipeStage> MakeStage(const StageSetup& setup) {
  switch (setup.pipe.kind) {
    case abi::PipeKind::kHead:
      return MakeHead(setup);
    case abi::PipeKind::kTail:
      return MakeTail(setup);
    case abi::PipeKind::kFilter:
      return MakeFilter(setup);
    case abi::PipeKind::kUnique:
      return MakeUnique(setup);
    case abi::PipeKind::kSort:
      return MakeSort(setup);
    case abi::PipeKind::kCount:
      return MakeCount(setup);
    case abi::PipeKind::kUniqueCount:
      return MakeUniqueCount(setup);
  }
  return MakeHead(setup);
}

}  // namespace

PipeChain::PipeChain(const Program::Impl& program, std::span<const abi::ImagePipe> pipes, SlabPool& memory,
                     size_t max_bytes)
    : evaluator_(program), account_{.max_bytes = max_bytes} {
  for (const abi::ImagePipe& pipe : pipes) {
    stages_.push_back(MakeStage({pipe, program.image.args(pipe), evaluator_, account_, memory}));
  }
}

void PipeChain::PushFrom(size_t stage, PipeRow row, const RowSink& out) {
  if (stage == stages_.size()) return out(std::move(row));
  stages_[stage]->Push(std::move(row), [&](PipeRow next) { PushFrom(stage + 1, std::move(next), out); });
}

void PipeChain::Finish(const RowSink& out) {
  for (size_t i = 0; i < stages_.size(); ++i) {
    stages_[i]->Finish([&](PipeRow row) { PushFrom(i + 1, std::move(row), out); });
  }
}

bool PipeChain::done() const {
  for (const auto& stage : stages_) {
    if (stage->done()) return true;
    // Behind it nothing is decided before the end.
    if (stage->holds_back()) return false;
  }
  return false;
}

}  // namespace eqlc
