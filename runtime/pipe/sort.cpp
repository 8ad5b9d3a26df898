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
    rows_.push_back({std::move(key), rows_.size(), std::move(row)});
  }

  void Finish(const RowSink& out) override {
    std::sort(rows_.begin(), rows_.end(), Before);
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
    size_t place;  // in order of arrival
    PipeRow row;
  };

  static bool Before(const Keyed& a, const Keyed& b) {
    if (KeyLess(a.key, b.key)) return true;
    return !KeyLess(b.key, a.key) && a.place < b.place;
  }

  const bool fold_;
  const std::span<const abi::ExprId> args_;
  RowEvaluator& evaluator_;
  PipeAccount& account_;
  std::vector<Keyed> rows_;
};

}  // namespace

std::unique_ptr<PipeStage> MakeSort(const StageSetup& setup) { return std::make_unique<Sort>(setup); }

}  // namespace eqlc
