// Inside an `and`, each operand may take the others for true, inside an `or`, for false:
//
//   a and (a or b)                      ->  a                   absorption
//   a and (not a or b)                  ->  a and b             complement
//   x == "a" and x : ("a", "b*")        ->  x == "a"            a set includes another
//   x == "a" and not x in ("a", "b")    ->  false
//   x != null and x : "a*"              ->  x : "a*"            what is in a set is there
//
// `x == "a" and x == "b"` stays: x may have both values. What Make sees (docs/ir.md) is not done here again.
// Tested by tests/unit/compiler/opt/fold_conditions_test.cpp.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/opt/passes.h"
#include "compiler/opt/rewrite.h"
#include "compiler/opt/set_leaf.h"

namespace eqlc::opt {
namespace {

// Of one subject, beyond which leaves are only asked whether they are the same.
constexpr size_t kMaxFactsOfSubject = 16;

class Folder {
 public:
  explicit Folder(ir::Module& module) : module_(module), facts_(module.exprs().size()) {}

  ExprId Fold(ExprId id) {
    if (IsJunction(module_, id)) return FoldJunction(id);
    const Test test = AsTest(module_, id);
    if (const std::optional<bool> truth = Decide(test.atom)) return Decided(*truth != test.negated);
    return module_.expr(test.atom).op == Op::kAnyElement ? FoldSearch(id, test) : id;
  }

 private:
  // A leaf over some operand that is known to be true or false.
  struct Fact {
    ExprId leaf;
    bool holds;
  };

  ExprId Decided(bool truth) { return truth ? module_.True() : module_.False(); }

  ExprId FoldSearch(ExprId id, const Test& test) {
    const ExprId body = Fold(module_.args(test.atom)[0]);
    const ExprId search = WithArgs(module_, test.atom, {&body, 1});
    if (search == test.atom) return id;
    return test.negated ? module_.Negate(search) : search;
  }

  ExprId FoldJunction(ExprId id) {
    const Op op = module_.expr(id).op;
    const bool neutral = op == Op::kAll;  // what an operand may be taken for by the others
    std::vector<ExprId> operands(module_.args(id).begin(), module_.args(id).end());
    FoldTests(operands, neutral);
    const std::vector<ExprId> assumed = operands;
    for (ExprId& operand : operands) {
      if (IsJunction(module_, operand)) {
        operand = FoldJunction(operand);
      } else if (const Test test = AsTest(module_, operand); module_.expr(test.atom).op == Op::kAnyElement) {
        operand = FoldSearch(operand, test);
      }
    }
    for (const ExprId operand : assumed) Forget(operand, neutral);
    return std::ranges::equal(module_.args(id), operands) ? id : module_.Make(op, operands);
  }

  // Drops the tests that others decide, or leaves the one constant that decides all; assumes those that stay. What
  // comes earlier decides what comes later and then the other way round, so that of two equals one stays.
  void FoldTests(std::vector<ExprId>& operands, bool neutral) {
    std::vector<ExprId> kept;
    for (const ExprId operand : operands) {
      const std::optional<bool> truth = DecideOperand(operand);
      if (truth == neutral) continue;
      kept.push_back(truth ? Decided(*truth) : operand);
      Assume(kept.back(), neutral);
    }
    for (size_t i = kept.size(); i-- > 0;) {
      Forget(kept[i], neutral);
      if (const std::optional<bool> truth = DecideOperand(kept[i])) kept[i] = Decided(*truth);
      Assume(kept[i], neutral);
    }
    operands = std::move(kept);
  }

  std::optional<bool> DecideOperand(ExprId operand) {
    if (IsJunction(module_, operand)) return std::nullopt;
    const Test test = AsTest(module_, operand);
    const std::optional<bool> truth = Decide(test.atom);
    return truth ? std::optional(*truth != test.negated) : std::nullopt;
  }

  // --- what is known ---

  void Assume(ExprId operand, bool truth) { Note(operand, truth, /*known=*/true); }
  void Forget(ExprId operand, bool truth) { Note(operand, truth, /*known=*/false); }

  // That the operand of a junction is true or false; nothing for a junction.
  void Note(ExprId operand, bool truth, bool known) {
    if (IsJunction(module_, operand)) return;
    const Test test = AsTest(module_, operand);
    const bool holds = truth != test.negated;
    if (known_.size() <= test.atom) known_.resize(module_.exprs().size(), Known::kOpen);
    known_[test.atom] = !known ? Known::kOpen : holds ? Known::kTrue : Known::kFalse;
    const ExprId subject = SubjectOf(test.atom);
    if (subject == abi::kNone) return;
    std::vector<Fact>& facts = facts_[subject];
    if (known) {
      facts.push_back({test.atom, holds});
    } else {
      std::erase_if(facts, [&](const Fact& fact) { return fact.leaf == test.atom; });
    }
  }

  // What a leaf compares with constants; kNone for another condition.
  ExprId SubjectOf(ExprId atom) const {
    if (module_.expr(atom).op != Op::kLeaf) return abi::kNone;
    const auto args = module_.args(module_.args(atom)[0]);
    return args.empty() ? abi::kNone : args[0];
  }

  std::optional<bool> Decide(ExprId atom) const {
    if (atom < known_.size() && known_[atom] != Known::kOpen) return known_[atom] == Known::kTrue;
    const ExprId subject = SubjectOf(atom);
    if (subject == abi::kNone) return std::nullopt;
    const std::vector<Fact>& facts = facts_[subject];
    if (facts.size() > kMaxFactsOfSubject) return std::nullopt;
    for (const Fact& fact : facts) {
      if (const std::optional<bool> truth = Decide(atom, fact)) return truth;
    }
    return std::nullopt;
  }

  // Both leaves have the same subject.
  std::optional<bool> Decide(ExprId atom, const Fact& fact) const {
    if (fact.holds && ((IsNullTest(atom) && NeedsValue(fact.leaf)) || (IsNullTest(fact.leaf) && NeedsValue(atom)))) {
      return false;
    }
    const std::optional<SetView> asked = ViewSet(module_, atom);
    const std::optional<SetView> known = asked ? ViewSet(module_, fact.leaf) : std::nullopt;
    if (!known) return std::nullopt;
    if (fact.holds && Includes(module_, *asked, *known)) return true;
    if (!fact.holds && Includes(module_, *known, *asked)) return false;
    return std::nullopt;
  }

  const ir::ExprNode& ArgumentOf(ExprId leaf) const { return module_.expr(module_.args(leaf)[0]); }

  // `field == null`. Of anything else null may be one outcome of several.
  bool IsNullTest(ExprId leaf) const {
    return ArgumentOf(leaf).op == Op::kIsNull && module_.expr(SubjectOf(leaf)).op == Op::kField;
  }

  // A test of the field that is false without a value, in a form for which the rule index asks for one.
  bool NeedsValue(ExprId leaf) const {
    const ir::ExprNode& argument = ArgumentOf(leaf);
    if ((argument.flags & abi::kPython) != 0) return false;
    const auto args = module_.args(module_.args(leaf)[0]);
    if (module_.expr(args[0]).op != Op::kField) return false;
    const auto is_constant = [&](ExprId arg) {
      const ir::ExprNode& node = module_.expr(arg);
      return node.op == Op::kConst && module_.literals()[node.aux].kind != abi::ValueKind::kNull;
    };
    const bool compares = argument.op >= Op::kEq && argument.op <= Op::kGe;
    const bool matches = argument.op == Op::kIn || argument.op == Op::kLike || argument.op == Op::kRegex;
    return (compares || matches) && std::all_of(args.begin() + 1, args.end(), is_constant);
  }

  enum class Known : uint8_t { kOpen, kTrue, kFalse };

  ir::Module& module_;
  std::vector<Known> known_;              // [ExprId], as far as something is known
  std::vector<std::vector<Fact>> facts_;  // [ExprId]: by subject, which this pass makes none of
};

}  // namespace

// A condition that no event can meet stays as it is written: the rule index knows what it asks for, and would have
// nothing to tell a constant by.
void FoldConditions(ir::Module& module) {
  Folder folder(module);
  for (ir::ConditionId i = 0; i < module.conditions().size(); ++i) {
    const ExprId root = folder.Fold(module.conditions()[i]);
    if (root != module.False()) module.SetRoot(i, root);
  }
}

}  // namespace eqlc::opt
