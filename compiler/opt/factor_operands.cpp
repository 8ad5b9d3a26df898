// What alternatives have in common is tested once, before them:
//
//   (a and b) or (a and c)                    ->  a and (b or c)
//   not (a and b) and not (a and c) and d     ->  not (a and (b or c)) and d
//
// The rule index must not get less to ask for. So all alternatives of an `or` have to share the part: the best tests of
// some of them together with the best of the others may be worse than the best of all. And in an `and` of `or`s the
// part must be a negated test, on whose behalf the index asks nothing. Tested by
// tests/unit/compiler/opt/factor_operands_test.cpp.
#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/opt/passes.h"
#include "compiler/opt/rewrite.h"

namespace eqlc::opt {
namespace {

// Each group adds up to two levels of nesting, which the image and generated code limit. Only generated rules nest
// deeper.
constexpr uint32_t kMaxHeight = 32;
constexpr int kMaxRounds = 4;
// Groups of one junction. Finding one takes a look at all its operands.
constexpr int kMaxGroups = 64;

// The operands of one operand, of the other kind.
using Parts = std::vector<ExprId>;

class Factorer {
 public:
  explicit Factorer(ir::Module& module) : module_(module) {}

  ExprId Rewrite(ExprId id, std::span<const ExprId> args) {
    const ExprId now = WithArgs(module_, id, args);
    return IsJunction(module_, now) && HeightOf(now) <= kMaxHeight ? Factored(now, kMaxRounds) : now;
  }

 private:
  // What factoring made may have common parts again, a few times over.
  ExprId Factored(ExprId id, int rounds) {
    if (rounds == 0 || !IsJunction(module_, id)) return id;
    const Op op = module_.expr(id).op;
    if (!HasCommonPart(id, op)) return id;
    std::vector<Parts> operands;
    for (const ExprId arg : module_.args(id)) operands.push_back(PartsOf(arg, op));
    std::vector<ExprId> groups;
    const size_t least = op == Op::kAny ? operands.size() : 2;
    for (int i = 0; i < kMaxGroups && operands.size() >= least; ++i) {
      const ExprId part = MostCommon(operands, op, least);
      if (part == abi::kNone) break;
      groups.push_back(TakeGroup(operands, part, op, rounds));
    }
    if (groups.empty()) return id;
    for (const Parts& parts : operands) groups.push_back(module_.Make(Dual(op), parts));
    return module_.Make(op, groups);
  }

  Parts PartsOf(ExprId operand, Op op) const {
    const std::span<const ExprId> parts = ViewParts(operand, op);
    return {parts.begin(), parts.end()};
  }

  std::span<const ExprId> ViewParts(const ExprId& operand, Op op) const {
    return module_.expr(operand).op == Dual(op) ? module_.args(operand) : std::span(&operand, 1);
  }

  // Most junctions have none.
  bool HasCommonPart(ExprId junction, Op op) {
    bool found = false;
    for (const ExprId& operand : module_.args(junction)) {
      for (const ExprId part : ViewParts(operand, op)) found |= ++CountOf(part) > 1;
    }
    for (const ExprId& operand : module_.args(junction)) {
      for (const ExprId part : ViewParts(operand, op)) CountOf(part) = 0;
    }
    return found;
  }

  bool IsFactor(ExprId part, Op op) const {
    if (op == Op::kAny) return true;
    if (module_.expr(part).op != Op::kNever) return false;
    const ExprId atom = module_.args(part)[0];
    // `x != null` asks for x.
    return module_.expr(atom).op != Op::kLeaf || module_.expr(module_.args(atom)[0]).op != Op::kIsNull;
  }

  // The part of most operands, if it is one of at least so many; of equals the one that came first.
  ExprId MostCommon(const std::vector<Parts>& operands, Op op, size_t least) {
    ExprId best = abi::kNone;
    size_t most = least - 1;
    for (const Parts& parts : operands) Count(parts);
    for (const Parts& parts : operands) {
      for (const ExprId part : parts) {
        if (counts_[part] <= most || !IsFactor(part, op)) continue;
        best = part;
        most = counts_[part];
      }
    }
    for (const Parts& parts : operands) Uncount(parts);
    return best;
  }

  // Removes the operands with `part` and gives them as one: what is common, and one of the rests.
  ExprId TakeGroup(std::vector<Parts>& operands, ExprId part, Op op, int rounds) {
    std::vector<Parts> group;
    std::erase_if(operands, [&](Parts& parts) {
      if (std::ranges::find(parts, part) == parts.end()) return false;
      group.push_back(std::move(parts));
      return true;
    });
    Parts common = CommonParts(group, op);
    std::vector<ExprId> rests;
    for (Parts& parts : group) {
      std::erase_if(parts, [&](ExprId other) { return std::ranges::find(common, other) != common.end(); });
      rests.push_back(module_.Make(Dual(op), parts));
    }
    common.push_back(Factored(module_.Make(op, rests), rounds - 1));
    return module_.Make(Dual(op), common);
  }

  Parts CommonParts(const std::vector<Parts>& group, Op op) {
    for (const Parts& parts : group) Count(parts);
    Parts common;
    for (const ExprId part : group[0]) {
      if (counts_[part] == group.size() && IsFactor(part, op)) common.push_back(part);
    }
    for (const Parts& parts : group) Uncount(parts);
    return common;
  }

  uint32_t& CountOf(ExprId part) {
    if (counts_.size() <= part) counts_.resize(module_.exprs().size(), 0);
    return counts_[part];
  }
  void Count(const Parts& parts) {
    for (const ExprId part : parts) ++CountOf(part);
  }
  void Uncount(const Parts& parts) {
    for (const ExprId part : parts) counts_[part] = 0;
  }

  // Junctions on the longest way down. Nodes are made after their arguments, so the heights of those are known.
  uint32_t HeightOf(ExprId id) {
    for (auto next = static_cast<ExprId>(heights_.size()); next <= id; ++next) {
      uint32_t height = 0;
      if (abi::IsCondition(module_.expr(next).op) && module_.expr(next).op != Op::kLeaf) {
        for (const ExprId arg : module_.args(next)) height = std::max(height, heights_[arg] + 1);
      }
      heights_.push_back(height);
    }
    return heights_[id];
  }

  ir::Module& module_;
  std::vector<uint32_t> heights_;  // [ExprId]
  std::vector<uint32_t> counts_;   // [ExprId]: uses among the operands looked at, else 0
};

}  // namespace

void FactorOperands(ir::Module& module) {
  Factorer factorer(module);
  RewriteConditions(module, [&](ExprId id, std::span<const ExprId> args) { return factorer.Rewrite(id, args); });
}

}  // namespace eqlc::opt
