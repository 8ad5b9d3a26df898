#include "runtime/pipe/pipe.h"

namespace eqlc {

PipeChain::PipeChain(std::span<const abi::ImagePipe> pipes, size_t max_bytes) : max_bytes_(max_bytes) {
  for (const abi::ImagePipe& pipe : pipes) stages_.push_back({pipe.kind, pipe.count, {}});
}

bool PipeChain::Pass(PipeRow& row, size_t first) {
  for (size_t i = first; i < stages_.size(); ++i) {
    Stage& stage = stages_[i];
    switch (stage.kind) {
      case abi::PipeKind::kHead:
        if (stage.count == 0) return ++suppressed_, false;
        --stage.count;
        break;
      case abi::PipeKind::kTail:
        Hold(stage, std::move(row));
        return false;
    }
  }
  return true;
}

void PipeChain::Hold(Stage& stage, PipeRow row) {
  if (stage.count == 0) {
    ++suppressed_;
    return;
  }
  if (stage.held.size() == stage.count) {
    Take(stage);
    ++suppressed_;
  }
  held_bytes_ += row.bytes();
  stage.held.push_back(std::move(row));
  while (held_bytes_ > max_bytes_ && stage.held.size() > 1) {
    Take(stage);
    ++suppressed_;
    ++dropped_;
  }
}

PipeRow PipeChain::Take(Stage& stage) {
  PipeRow row = std::move(stage.held.front());
  stage.held.pop_front();
  held_bytes_ -= row.bytes();
  return row;
}

bool PipeChain::done() const {
  // Behind a tail nothing is decided before the end.
  for (const Stage& stage : stages_) {
    if (stage.kind == abi::PipeKind::kTail) return false;
    if (stage.count == 0) return true;
  }
  return false;
}

}  // namespace eqlc
