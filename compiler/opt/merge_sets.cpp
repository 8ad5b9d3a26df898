// Alternatives over one operand become one look-up in a set:
//
//   x : "a" or x : ("b", "c*")            ->  x : ("a", "b", "c*")
//   not x : "a" and not x : ("b", "c*")   ->  not x : ("a", "b", "c*")
//
// A leaf that stands elsewhere in the rule, too, stays by itself: it is evaluated once an event for all its users, a
// part of a set would be once more. Regular expressions stay, because an automaton for two may be larger than what one
// may have. Tested by tests/unit/compiler/opt/merge_sets_test.cpp.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/opt/passes.h"
#include "compiler/opt/rewrite.h"
#include "compiler/opt/set_leaf.h"

namespace eqlc::opt {
namespace {

// How many nodes and roots use each node.
std::vector<uint32_t> CountUsers(const ir::Module& module) {
  std::vector<uint32_t> users(module.exprs().size(), 0);
  for (const ExprId root : module.conditions()) ++users[root];
  for (const ExprId id : ReachedConditions(module)) {
    if (module.expr(id).op == Op::kLeaf) continue;
    for (const ExprId arg : module.args(id)) ++users[arg];
  }
  return users;
}

class Merger {
 public:
  explicit Merger(ir::Module& module) : module_(module), users_(CountUsers(module)) {}

  ExprId Rewrite(ExprId id, std::span<const ExprId> args) {
    if (!IsJunction(module_, id)) return WithArgs(module_, id, args);
    const bool negated = module_.expr(id).op == Op::kAll;
    const std::vector<Candidate> candidates = FindCandidates(args, negated);
    if (candidates.size() < 2) return WithArgs(module_, id, args);
    return WithArgs(module_, id, Merged(args, candidates, negated));
  }

 private:
  // An operand of a junction that is a set.
  struct Candidate {
    ExprId operand;   // of the set
    size_t position;  // in the junction
    ExprId leaf;
  };
  // Sets that are one, in the place of the first of them.
  struct Union {
    size_t position;
    SetLeaf set;
    size_t count = 1;
  };

  // `and` unites what is negated in it, `or` what is not.
  std::vector<ExprId> Merged(std::span<const ExprId> args, const std::vector<Candidate>& candidates, bool negated) {
    std::vector<ExprId> operands(args.begin(), args.end());
    for (size_t first = 0, last = 0; first < candidates.size(); first = last) {
      while (last < candidates.size() && candidates[last].operand == candidates[first].operand) ++last;
      if (last - first > 1) Merge(std::span(candidates).subspan(first, last - first), negated, operands);
    }
    std::erase(operands, abi::kNone);
    return operands;
  }

  // By operand, then by position.
  std::vector<Candidate> FindCandidates(std::span<const ExprId> args, bool negated) const {
    std::vector<Candidate> candidates;
    for (size_t i = 0; i < args.size(); ++i) {
      if (IsJunction(module_, args[i])) continue;
      const Test test = AsTest(module_, args[i]);
      if (test.negated != negated || module_.expr(test.atom).op != Op::kLeaf) continue;
      if (!HasOneUser(args[i]) || !HasOneUser(test.atom)) continue;
      const auto tested = module_.args(module_.args(test.atom)[0]);
      if (!tested.empty()) candidates.push_back({tested[0], i, test.atom});
    }
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
      return a.operand != b.operand ? a.operand < b.operand : a.position < b.position;
    });
    return candidates;
  }

  void Merge(std::span<const Candidate> candidates, bool negated, std::vector<ExprId>& operands) {
    std::vector<Union> unions;  // few: with and without case, say
    for (const Candidate& candidate : candidates) {
      std::optional<SetLeaf> set = ReadSetLeaf(module_, candidate.leaf);
      if (!set) continue;
      const auto united = std::ranges::find_if(unions, [&](Union& known) { return Unite(known.set, *set); });
      if (united == unions.end()) {
        unions.push_back({candidate.position, std::move(*set)});
      } else {
        ++united->count;
        operands[candidate.position] = abi::kNone;
      }
    }
    for (Union& united : unions) {
      if (united.count == 1) continue;
      const ExprId leaf = MakeSetLeaf(module_, std::move(united.set));
      operands[united.position] = negated ? module_.Negate(leaf) : leaf;
    }
  }

  // Nodes made since the count stand in for several: they are left alone.
  bool HasOneUser(ExprId id) const { return id < users_.size() && users_[id] == 1; }

  ir::Module& module_;
  const std::vector<uint32_t> users_;
};

}  // namespace

void MergeSets(ir::Module& module) {
  Merger merger(module);
  RewriteConditions(module, [&](ExprId id, std::span<const ExprId> args) { return merger.Rewrite(id, args); });
}

}  // namespace eqlc::opt
