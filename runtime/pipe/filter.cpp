// filter expression: the rows for which it is true.
#include "runtime/pipe/stage.h"
#include "runtime/value/json_value.h"

namespace eqlc {
namespace {

class Filter final : public PipeStage {
 public:
  explicit Filter(const StageSetup& setup) : args_(setup.args), evaluator_(setup.evaluator), account_(setup.account) {}

  void Push(PipeRow row, const RowSink& out) override {
    if (Truth(evaluator_.Evaluate(row, args_)[0]) == Tri::kTrue) return out(std::move(row));
    ++account_.suppressed;
  }

 private:
  const std::span<const abi::ExprId> args_;
  RowEvaluator& evaluator_;
  PipeAccount& account_;
};

}  // namespace

std::unique_ptr<PipeStage> MakeFilter(const StageSetup& setup) { return std::make_unique<Filter>(setup); }

}  // namespace eqlc
