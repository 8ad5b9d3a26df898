// Module::Prune: what passes left behind goes. Tested by tests/unit/compiler/ir/prune_test.cpp.
#include <cassert>
#include <utility>

#include "compiler/ir/ir.h"

namespace eqlc::ir {

void Module::Prune() {
  MergeConditions();
  const std::vector<ExprId> numbers = NumberNodes();
  for (ExprId& root : conditions_) root = numbers[root];
  for (Rule& rule : rules_) {
    for (Pipe& pipe : rule.pipes) {
      for (ExprId& arg : pipe.args) arg = numbers[arg];
    }
  }
  for (abi::ImageComputed& computed : computed_) computed.expr = numbers[computed.expr];
  RenameComputed();
  KeepNodes(numbers);
  KeepLiterals();
  condition_index_.clear();
  for (ConditionId id = 0; id < conditions_.size(); ++id) condition_index_.emplace(conditions_[id], id);
}

// Of conditions with one root the first stays, so that a lineage still comes behind what it watches.
void Module::MergeConditions() {
  std::vector<ConditionId> numbers;
  std::vector<ExprId> roots;
  std::unordered_map<ExprId, ConditionId> known;
  for (const ExprId root : conditions_) {
    const auto [it, added] = known.try_emplace(root, static_cast<ConditionId>(roots.size()));
    if (added) roots.push_back(root);
    numbers.push_back(it->second);
  }
  if (roots.size() == conditions_.size()) return;
  conditions_ = std::move(roots);
  const auto renumber = [&](ConditionId& id) {
    if (id != abi::kNone) id = numbers[id];
  };
  for (Rule& rule : rules_) {
    for (Item& item : rule.items) {
      renumber(item.condition);
      renumber(item.residual);
    }
    if (rule.has_until) renumber(rule.until.condition);
  }
  for (ProcessModel& model : process_models_) {
    for (ConditionId* id : {&model.link, &model.end, &model.reset, &model.step}) renumber(*id);
  }
  for (Lineage& lineage : lineages_) renumber(lineage.source);
  std::vector<abi::ImageComputed> computed = std::exchange(computed_, {});
  for (abi::ImageComputed& each : computed) {
    renumber(each.condition);
    AddComputed(each);
  }
}

// The new number of each node; kNone for those that nothing reaches. Arguments come before their users, so one walk
// downwards finds all, and what stays keeps its order.
std::vector<ExprId> Module::NumberNodes() const {
  std::vector<bool> reached(exprs_.size(), false);
  for (const ExprId root : conditions_) reached[root] = true;
  for (const Rule& rule : rules_) {
    for (const Pipe& pipe : rule.pipes) {
      for (const ExprId arg : pipe.args) reached[arg] = true;
    }
  }
  for (const abi::ImageComputed& computed : computed_) reached[computed.expr] = true;
  for (auto id = static_cast<ExprId>(exprs_.size()); id-- > 0;) {
    if (!reached[id]) continue;
    for (const ExprId arg : args(id)) reached[arg] = true;
  }
  std::vector<ExprId> numbers(exprs_.size(), abi::kNone);
  ExprId next = 0;
  for (ExprId id = 0; id < exprs_.size(); ++id) {
    if (reached[id]) numbers[id] = next++;
  }
  return numbers;
}

void Module::KeepNodes(const std::vector<ExprId>& numbers) {
  const std::vector<ExprNode> nodes = std::exchange(exprs_, {});
  const std::vector<ExprId> args = std::exchange(args_, {});
  node_index_ = {};  // Intern fills it anew
  leaf_count_ = 0;
  exprs_.reserve(nodes.size());
  args_.reserve(args.size());
  for (ExprId id = 0; id < nodes.size(); ++id) {
    if (numbers[id] == abi::kNone) continue;
    ExprNode node = nodes[id];
    const std::span<const ExprId> kept = std::span(args).subspan(node.first_arg, node.arg_count);
    node.first_arg = static_cast<uint32_t>(args_.size());
    for (const ExprId arg : kept) args_.push_back(numbers[arg]);
    if (node.op == Op::kLeaf) node.aux = leaf_count_++;
    exprs_.push_back(node);
  }
}

void Module::KeepLiterals() {
  assert(readings_.empty() && index.tests.empty());
  std::vector<bool> used(literals_.size(), false);
  for (const ExprNode& node : exprs_) {
    if (node.op == Op::kConst) used[node.aux] = true;
  }
  std::vector<LiteralId> numbers(literals_.size(), abi::kNone);
  LiteralId next = 0;
  for (LiteralId id = 0; id < literals_.size(); ++id) {
    if (!used[id]) continue;
    if (next != id) literals_[next] = std::move(literals_[id]);
    numbers[id] = next++;
  }
  literals_.resize(next);
  for (ExprNode& node : exprs_) {
    if (node.op == Op::kConst) node.aux = numbers[node.aux];
  }
  literal_index_ = {};  // AddLiteral fills it anew
}

// Their paths tell the numbers of their expressions.
void Module::RenameComputed() {
  for (const abi::ImageComputed& computed : computed_) {
    field_index_.erase(NameOf(fields_[computed.field], field_refs_[computed.field]));
  }
  for (const abi::ImageComputed& computed : computed_) {
    fields_[computed.field] = ComputedPath(computed.expr, computed.fold != 0);
    field_index_.insert_or_assign(NameOf(fields_[computed.field], field_refs_[computed.field]), computed.field);
  }
}

}  // namespace eqlc::ir
