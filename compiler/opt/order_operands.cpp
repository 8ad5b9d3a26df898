// The operands of `and` and `or`, first those that are cheap and likely to decide: by cost over the probability of
// being false in an `and`, of being true in an `or`. That is the order of the least expected cost when operands are
// independent. Conditions have no effects and no errors, so an order changes nothing but time.
//
// The order is total and goes by contents, so that equal junctions written in another order are one node, and equal
// conditions of rules that are optimised apart one condition. Tested by
// tests/unit/compiler/opt/order_operands_test.cpp.
#include <algorithm>
#include <vector>

#include "compiler/opt/content_order.h"
#include "compiler/opt/cost.h"
#include "compiler/opt/passes.h"
#include "compiler/opt/rewrite.h"

namespace eqlc::opt {
namespace {

// Estimates of long junctions come near to certainty; that of others must still count.
constexpr double kLeast = 1e-6;

class Orderer {
 public:
  explicit Orderer(ir::Module& module) : module_(module) {}

  ExprId Rewrite(ExprId id, std::span<const ExprId> args) {
    ExprId now = WithArgs(module_, id, args);
    if (IsJunction(module_, now)) now = Ordered(now);
    if (estimates_.size() <= now) estimates_.resize(module_.exprs().size());
    estimates_[now] = EstimateOf(now);
    return now;
  }

 private:
  ExprId Ordered(ExprId junction) {
    const Op op = module_.expr(junction).op;
    std::vector<ExprId> operands(module_.args(junction).begin(), module_.args(junction).end());
    const auto before = [&](ExprId a, ExprId b) {
      const double rank_a = RankOf(a, op), rank_b = RankOf(b, op);
      return rank_a != rank_b ? rank_a < rank_b : CompareContents(module_, a, b) < 0;
    };
    if (std::ranges::is_sorted(operands, before)) return junction;
    std::ranges::sort(operands, before);
    return module_.Make(op, operands);
  }

  // What it costs to have the operand decide.
  double RankOf(ExprId operand, Op op) const {
    const Estimate& estimate = estimates_[operand];
    return estimate.cost / (op == Op::kAll ? 1 - estimate.probability : estimate.probability);
  }

  // Of arguments it is known.
  Estimate EstimateOf(ExprId id) const {
    switch (module_.expr(id).op) {
      case Op::kLeaf:
        return EstimateLeaf(module_, id);
      case Op::kNever:
        return Negated(estimates_[module_.args(id)[0]]);
      case Op::kAnyElement:
        return EstimateSearch(estimates_[module_.args(id)[0]]);
      default:
        return EstimateJunction(id);
    }
  }

  Estimate EstimateJunction(ExprId id) const {
    const bool all = module_.expr(id).op == Op::kAll;
    double cost = 0, undecided = 1;  // the probability that no operand has decided yet
    for (const ExprId operand : module_.args(id)) {
      const Estimate& estimate = estimates_[operand];
      cost += undecided * estimate.cost;
      undecided *= all ? estimate.probability : 1 - estimate.probability;
    }
    const double decided = std::clamp(undecided, kLeast, 1 - kLeast);
    return {cost, all ? decided : 1 - decided};
  }

  ir::Module& module_;
  std::vector<Estimate> estimates_;  // [ExprId], of rewritten nodes
};

}  // namespace

void OrderOperands(ir::Module& module) {
  Orderer orderer(module);
  RewriteConditions(module, [&](ExprId id, std::span<const ExprId> args) { return orderer.Rewrite(id, args); });
}

}  // namespace eqlc::opt
