// sort a, b: all rows in ascending order of their keys, at the end of the input; rows of equal keys keep their order.
#include <algorithm>
#include <vector>

#include "runtime/pipe/order.h"
#include "runtime/pipe/stage.h"

namespace eqlc {
namespace {

class Sort final : public PipeStage {
 public:
  explicit Sort(const StageSetup& setup)
      : fold_(setup.pipe.fold != 0), args_(setup.args), evaluator_(setup.evaluator), account_(setup.account) {}

  void Push(PipeRow row, const RowSink&) override {
    if (account_.full()) return account_.Drop();
    OrderKey key(evaluator_.Evaluate(row, args_), fold_);
    account_.held_bytes += key.bytes() + row.bytes();
    rows_.push_back({std::move(key), std::move(row)});
  }

  void Finish(const RowSink& out) override {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Keyed& a, const Keyed& b) { return KeyLess(a.key, b.key); });
    for (Keyed& keyed : rows_) {
      account_.held_bytes -= keyed.key.bytes() + keyed.row.bytes();
      out(std::move(keyed.row));
    }
    rows_.clear();
  }
  bool holds_back() const override { return true; }

 private:
  struct Keyed {
    OrderKey key;
    PipeRow row;
  };

  const bool fold_;
  const std::span<const abi::ExprId> args_;
  RowEvaluator& evaluator_;
  PipeAccount& account_;
  std::vector<Keyed> rows_;
};

}  // namespace

std::unique_ptr<PipeStage> MakeSort(const StageSetup& setup) { return std::make_unique<Sort>(setup); }

}  // namespace eqlc
