// tail n: the last n rows, at the end of the input. Beyond the limit of memory the oldest go, as if n were smaller.
#include <deque>

#include "runtime/pipe/stage.h"

namespace eqlc {
namespace {

class Tail final : public PipeStage {
 public:
  explicit Tail(const StageSetup& setup) : count_(setup.pipe.count), account_(setup.account) {}

  void Push(PipeRow row, const RowSink&) override {
    if (count_ == 0) {
      ++account_.suppressed;
      return;
    }
    if (held_.size() == count_) {
      Take();
      ++account_.suppressed;
    }
    account_.held_bytes += row.bytes();
    held_.push_back(std::move(row));
    while (account_.full() && held_.size() > 1) {
      Take();
      account_.Drop();
    }
  }

  void Finish(const RowSink& out) override {
    while (!held_.empty()) out(Take());
  }
  bool holds_back() const override { return true; }

 private:
  PipeRow Take() {
    PipeRow row = std::move(held_.front());
    held_.pop_front();
    account_.held_bytes -= row.bytes();
    return row;
  }

  const uint64_t count_;
  std::deque<PipeRow> held_;
  PipeAccount& account_;
};

}  // namespace

std::unique_ptr<PipeStage> MakeTail(const StageSetup& setup) { return std::make_unique<Tail>(setup); }

}  // namespace eqlc
