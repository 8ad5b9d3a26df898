// Verify: the well-formedness rules of ir.h and docs/ir.md, as a check on ourselves; run after Build and after every
// pass. Tested by tests/unit/compiler/ir/verify_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/ir/ir.h"
#include "compiler/ir/op_info.h"
#include "eqlc/limits.hpp"

namespace eqlc::ir {
namespace {

class Verifier {
 public:
  explicit Verifier(const Module& module)
      : module_(module), leaf_seen_(module.leaf_count(), false), free_scopes_(module.exprs().size()) {}

  std::string Run() {
    for (ExprId id = 0; id < module_.exprs().size() && problem_.empty(); ++id) CheckNode(id);
    Require(std::ranges::count(leaf_seen_, true) == module_.leaf_count(), "module", "leaf numbers have gaps");
    for (size_t i = 0; i < module_.conditions().size() && problem_.empty(); ++i) {
      const ExprId root = module_.conditions()[i];
      Require(root < module_.exprs().size() && IsCondition(root), fmt::format("condition #{}", i),
              "its root is no condition");
      Require(!problem_.empty() || free_scopes_[root].empty(), fmt::format("condition #{}", i),
              "it reads an element outside of any search");
    }
    for (const Rule& rule : module_.rules()) CheckRule(rule);
    if (problem_.empty()) CheckSettings();
    return problem_;
  }

 private:
  // Keeps the first problem.
  bool Require(bool holds, std::string_view where, std::string_view what) {
    if (!holds && problem_.empty()) problem_ = fmt::format("{}: {}", where, what);
    return holds;
  }

  bool IsCondition(ExprId id) const { return abi::IsCondition(module_.expr(id).op); }
  bool IsConst(ExprId id) const { return module_.expr(id).op == Op::kConst; }
  bool IsText(ExprId id) const {
    return IsConst(id) && module_.literals()[module_.expr(id).aux].kind == abi::ValueKind::kString;
  }

  void CheckNode(ExprId id) {
    const ExprNode& node = module_.expr(id);
    const std::string where = fmt::format("%{}", id);
    if (!Require(static_cast<size_t>(node.op) < kOpCount, where, "unknown operator")) return;
    const OpInfo& info = GetOpInfo(node.op);
    const auto args = module_.args(id);
    if (!Require(info.arity < 0 || args.size() == static_cast<size_t>(info.arity), where, "wrong number of arguments"))
      return;
    if (!Require(std::ranges::all_of(args, [&](ExprId arg) { return arg < id; }), where,
                 "an argument does not stand before its user")) {
      return;
    }
    if (!Require(AuxIsValid(node, info), where, "aux is out of range")) return;
    Require((node.flags & ~(abi::kFold | abi::kPython)) == 0, where, "unknown flag");
    Require(nodes_
                .emplace(node.op, node.flags, node.op == Op::kLeaf ? 0 : node.aux,
                         std::vector<ExprId>(args.begin(), args.end()))
                .second,
            where, "equal to an earlier node");
    CheckSorts(id, where);
    CheckShape(id, where);
    FindFreeScopes(id);
  }

  // Invariant 6: what a node reads of elements that nothing above it has bound yet.
  void FindFreeScopes(ExprId id) {
    const ExprNode& node = module_.expr(id);
    std::set<ScopeId>& free = free_scopes_[id];
    for (const ExprId arg : module_.args(id)) free.insert(free_scopes_[arg].begin(), free_scopes_[arg].end());
    if (node.op == Op::kField) AddScopeOf(node.aux, free);
    if (node.op != Op::kAnyElement) return;
    free.erase(node.aux);
    AddScopeOf(module_.scopes()[node.aux].array, free);
  }

  void AddScopeOf(FieldId field, std::set<ScopeId>& free) const {
    const FieldRef& ref = module_.field_refs()[field];
    if (ref.role == abi::FieldRole::kMember) free.insert(ref.scope);
  }

  bool AuxIsValid(const ExprNode& node, const OpInfo& info) const {
    switch (info.aux) {
      case Aux::knone:
        return node.aux == abi::kNone;
      case Aux::kLiteralId:
        return node.aux < module_.literals().size();
      case Aux::kFieldId:
        return node.aux < module_.fields().size();
      case Aux::kFunctionId:
        return node.aux < module_.functions().size();
      case Aux::kVarId:
        return node.aux <= limits::kMaxExprDepth;
      case Aux::kLeafId:
        return node.aux < module_.leaf_count();
      case Aux::kScopeId:
        return node.aux < module_.scopes().size();
    }
    return false;
  }

  // Invariant 3.
  void CheckSorts(ExprId id, std::string_view where) {
    const Op op = module_.expr(id).op;
    const bool takes_conditions = abi::IsCondition(op) && op != Op::kLeaf;
    for (const ExprId arg : module_.args(id)) {
      Require(IsCondition(arg) == takes_conditions, where,
              takes_conditions ? "takes conditions and has a value expression as argument"
                               : "takes value expressions and has a condition as argument");
    }
  }

  // Invariants 4 and 5, and the lists of constants.
  void CheckShape(ExprId id, std::string_view where) {
    const ExprNode& node = module_.expr(id);
    const auto args = module_.args(id);
    switch (node.op) {
      case Op::kLeaf:
        Require(!leaf_seen_[node.aux], where, "its leaf number is taken");
        leaf_seen_[node.aux] = true;
        return;
      case Op::kNever:
        Require(module_.expr(args[0]).op == Op::kLeaf || module_.expr(args[0]).op == Op::kAnyElement, where,
                "its argument is no leaf or array search");
        return;
      case Op::kAll:
      case Op::kAny:
        CheckJunction(id, where);
        return;
      case Op::kAnd:
      case Op::kOr:
        Require(!args.empty(), where, "has no operand");
        return;
      case Op::kIn:
        Require(args.size() >= 2 && std::all_of(args.begin() + 1, args.end(), [&](ExprId a) { return IsConst(a); }),
                where, "needs an operand and constants");
        return;
      case Op::kLike:
      case Op::kRegex:
        Require(args.size() >= 2 && std::all_of(args.begin() + 1, args.end(), [&](ExprId a) { return IsText(a); }),
                where, "needs an operand and string constants");
        return;
      case Op::kConst:
      case Op::kField:
      case Op::kNeg:
      case Op::kAdd:
      case Op::kSub:
      case Op::kMul:
      case Op::kDiv:
      case Op::kMod:
      case Op::kEq:
      case Op::kLt:
      case Op::kLe:
      case Op::kGt:
      case Op::kGe:
      case Op::kNot:
      case Op::kIsNull:
      case Op::kCall:
      case Op::kTruth:
      case Op::kAt:
      case Op::kVar:
      case Op::kSearch:
      case Op::kCount:
      case Op::kAnyElement:
        return;
    }
  }

  void CheckJunction(ExprId id, std::string_view where) {
    const auto args = module_.args(id);
    Require(args.size() != 1, where, "has exactly one argument");
    Require(std::set(args.begin(), args.end()).size() == args.size(), where, "has the same argument twice");
    for (const ExprId arg : args) {
      Require(module_.expr(arg).op != module_.expr(id).op, where, "has an argument of its own kind");
    }
  }

  void CheckRule(const Rule& rule) {
    const std::string where = fmt::format("rule \"{}\"", rule.id);
    Require(!rule.items.empty(), where, "has no item");
    Require(rule.kind != RuleKind::kEvent || (rule.items.size() == 1 && !rule.has_until), where,
            "an event rule has one item");
    Require(rule.kind != RuleKind::kSample || IsSample(rule), where,
            "a sample has keys, and few items without runs, `!` and until");
    for (const Item& item : rule.items) CheckItem(item, rule.items[0].keys.size(), where);
    if (rule.has_until) CheckItem(rule.until, rule.items[0].keys.size(), where);
    for (const Pipe& pipe : rule.pipes) {
      for (const ExprId arg : pipe.args)
        Require(arg < module_.exprs().size() && !IsCondition(arg), where, "a pipe's argument is no value expression");
    }
  }

  static bool IsSample(const Rule& rule) {
    return rule.items.size() <= limits::kMaxSampleItems && !rule.has_until && !rule.items[0].keys.empty() &&
           std::ranges::all_of(rule.items, [](const Item& item) { return item.runs == 1 && !item.missing; });
  }

  void CheckItem(const Item& item, size_t key_count, std::string_view where) {
    Require(item.condition < module_.conditions().size(), where, "an item's condition does not exist");
    Require(item.residual == abi::kNone || item.residual < module_.conditions().size(), where,
            "an item's residual condition does not exist");
    Require(item.keys.size() == key_count, where, "its items have different numbers of keys");
    Require(item.runs >= 1 && item.runs <= limits::kMaxRuns, where, "runs is out of range");
    for (const Key& key : item.keys)
      Require(key.field < module_.fields().size(), where, "a key's field does not exist");
  }

  void CheckSettings() {
    for (const FieldId field : {module_.timestamp_field, module_.tiebreaker_field}) {
      Require(field == abi::kNone || field < module_.fields().size(), "module", "a settings' field does not exist");
    }
  }

  const Module& module_;
  std::vector<bool> leaf_seen_;
  std::vector<std::set<ScopeId>> free_scopes_;  // [ExprId]
  std::set<std::tuple<Op, uint8_t, uint32_t, std::vector<ExprId>>> nodes_;
  std::string problem_;
};

}  // namespace

std::string Verify(const Module& module) { return Verifier(module).Run(); }

}  // namespace eqlc::ir
