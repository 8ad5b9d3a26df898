// head n: the first n rows.
#include "runtime/pipe/stage.h"

namespace eqlc {
namespace {

class Head final : public PipeStage {
 public:
  explicit Head(const StageSetup& setup) : left_(setup.pipe.count), account_(setup.account) {}

  void Push(PipeRow row, const RowSink& out) override {
    if (left_ == 0) {
      ++account_.suppressed;
      return;
    }
    --left_;
    out(std::move(row));
  }
  bool done() const override { return left_ == 0; }

 private:
  uint64_t left_;
  PipeAccount& account_;
};

}  // namespace

std::unique_ptr<PipeStage> MakeHead(const StageSetup& setup) { return std::make_unique<Head>(setup); }

}  // namespace eqlc
