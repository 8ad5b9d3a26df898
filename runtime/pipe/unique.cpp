// unique a, b: the first row of each key.
#include <string>
#include <unordered_set>

#include "runtime/pipe/stage.h"

namespace eqlc {
namespace {

class Unique final : public PipeStage {
 public:
  explicit Unique(const StageSetup& setup)
      : fold_(setup.pipe.fold != 0), args_(setup.args), evaluator_(setup.evaluator), account_(setup.account) {}

  void Push(PipeRow row, const RowSink& out) override {
    std::string key = KeyText(evaluator_.Evaluate(row, args_), fold_);
    if (seen_.contains(key)) {
      ++account_.suppressed;
      return;
    }
    if (account_.full()) return account_.Drop();
    account_.held_bytes += sizeof key + key.size();
    seen_.insert(std::move(key));
    out(std::move(row));
  }

 private:
  const bool fold_;
  const std::span<const abi::ExprId> args_;
  RowEvaluator& evaluator_;
  PipeAccount& account_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::unique_ptr<PipeStage> MakeUnique(const StageSetup& setup) { return std::make_unique<Unique>(setup); }

}  // namespace eqlc
