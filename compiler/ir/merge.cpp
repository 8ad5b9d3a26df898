#include "compiler/ir/merge.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace eqlc::ir {
namespace {

// Numbers of the part to those of the module. Each table goes in its own order; where an element refers to one of
// another table, that one is brought up to there first. In a module, what is referred to was made before, so this ends;
// any other image is found out by `ok_`. Only passes make expressions that lie before others and need fields that those
// are needed for: they have to wait.
class Merger {
 public:
  Merger(const Image& part, std::shared_ptr<const void> owner, Module& module)
      : part_(part), owner_(std::move(owner)), module_(module), exprs_(part.exprs().size(), abi::kNone) {
    literals_.reserve(part.literals().size());
    fields_.reserve(part.fields().size());
    conditions_.reserve(part.conditions().size());
  }

  Status Run() {
    // What conditions require is known of all or of none.
    const bool is_first = module_.conditions().empty();
    ok_ = is_first || part_.requirements().empty() == module_.index.requirements.empty();
    for (const abi::ImageFunction& function : part_.functions()) {
      functions_.push_back(module_.Function(part_.text(function.name)));
    }
    for (const abi::ImageLiteral& literal : part_.literals()) literals_.push_back(AddLiteral(literal));
    for (abi::FieldId id = 0; id < part_.fields().size() && ok_; ++id) fields_.push_back(AddField(part_.fields()[id]));
    AddExprs(part_.exprs().size());
    ok_ &= first_missing_ == part_.exprs().size();
    AddConditions(part_.conditions().size());
    AddProcessModels(part_.process_models().size());
    if (!ok_) return Error{"an image that no rule lowered to"};
    for (const abi::ImageComputed& computed : part_.computed()) {
      module_.AddComputed({.condition = conditions_[computed.condition],
                           .field = fields_[computed.field],
                           .expr = exprs_[computed.expr],
                           .fold = computed.fold});
    }
    for (const abi::ImageRule& rule : part_.rules()) module_.AddRule(ToRule(rule));
    return {};
  }

 private:
  static constexpr uint32_t kBad = 0;  // stands for what is not there once `ok_` is false

  // The module's number of element `id` of a table, which is to be there already.
  uint32_t Known(const std::vector<uint32_t>& table, uint32_t id) {
    if (id < table.size()) return table[id];
    ok_ = false;
    return kBad;
  }
  uint32_t KnownOrNone(const std::vector<uint32_t>& table, uint32_t id) {
    return id == abi::kNone ? abi::kNone : Known(table, id);
  }

  LiteralId AddLiteral(const abi::ImageLiteral& literal) {
    if (literal.kind != abi::ValueKind::kString) {
      return module_.AddLiteral(literal.kind, static_cast<int64_t>(literal.payload), {});
    }
    const abi::ImageString text{static_cast<uint32_t>(literal.payload), literal.size};
    return module_.AddLiteral(literal.kind, 0, part_.text(text));
  }

  FieldId AddField(const abi::ImageField& field) {
    const std::string_view path = part_.text(field.path);
    switch (field.role) {
      case abi::FieldRole::kValue:
        return module_.Field(path);
      case abi::FieldRole::kWhole:
        return module_.Whole(path);
      case abi::FieldRole::kRow:
        return module_.Whole(path, field.scope);
      case abi::FieldRole::kElements:
        return module_.Elements(path);
      case abi::FieldRole::kAlias:
        return module_.AliasField(field.scope, path);
      case abi::FieldRole::kMember:
        return AddMember(field);
      case abi::FieldRole::kLineage:
        return AddLineage(part_.lineages()[field.source]);
      case abi::FieldRole::kComputed:
        return AddComputed();
    }
    ok_ = false;
    return kBad;
  }

  FieldId AddMember(const abi::ImageField& field) {
    const FieldId source = Known(fields_, field.source);
    AddScopes(field.scope + 1);
    return ok_ ? module_.Member(Known(scopes_, field.scope), source) : kBad;
  }

  FieldId AddLineage(const abi::ImageLineage& lineage) {
    AddConditions(lineage.source + 1);
    AddProcessModels(lineage.model + 1);
    if (!ok_) return kBad;
    return module_.LineageField({.kind = lineage.kind,
                                 .model = process_models_[lineage.model],
                                 .source = conditions_[lineage.source],
                                 .field = abi::kNone});
  }

  // The field that is next stands for a key.
  FieldId AddComputed() {
    const auto computed = std::ranges::find(part_.computed(), fields_.size(), &abi::ImageComputed::field);
    if (computed == part_.computed().end()) {
      ok_ = false;
      return kBad;
    }
    AddExpr(computed->expr);
    return ok_ ? module_.Computed(exprs_[computed->expr], computed->fold != 0) : kBad;
  }

  void AddScopes(size_t end) {
    while (scopes_.size() < end) {
      const abi::ImageScope& scope = part_.scopes()[scopes_.size()];
      const std::optional<FieldId> array = Find(fields_, scope.array);
      if (!array) return;
      scopes_.push_back(module_.Scope(*array, scope.depth));
    }
  }

  void AddExprs(size_t end) {
    for (size_t id = first_missing_; id < end; ++id) {
      if (exprs_[id] == abi::kNone) exprs_[id] = MakeIfReady(static_cast<ExprId>(id));
      if (id == first_missing_ && exprs_[id] != abi::kNone) ++first_missing_;
    }
  }

  // One that something needs now: whatever it refers to is there, or the image is none of ours.
  void AddExpr(ExprId id) {
    AddExprs(size_t{id} + 1);
    ok_ &= exprs_[id] != abi::kNone;
  }

  // kNone while something that the node refers to is missing.
  ExprId MakeIfReady(ExprId id) {
    const ExprNode& node = part_.exprs()[id];
    args_.clear();
    for (const ExprId arg : part_.args(id)) {
      if (exprs_[arg] == abi::kNone) return abi::kNone;
      args_.push_back(exprs_[arg]);
    }
    const std::optional<uint32_t> aux = AuxOf(node);
    if (!aux) return abi::kNone;
    return node.op == Op::kNever ? module_.Negate(args_[0]) : module_.Make(node.op, args_, *aux, node.flags);
  }

  static std::optional<uint32_t> Find(const std::vector<uint32_t>& table, uint32_t id) {
    return id < table.size() ? std::optional(table[id]) : std::nullopt;
  }

  std::optional<uint32_t> AuxOf(const ExprNode& node) {
    switch (node.op) {
      case Op::kConst:
        return literals_[node.aux];
      case Op::kField:
        return Find(fields_, node.aux);
      case Op::kCall:
        return functions_[node.aux];
      case Op::kLeaf:
        return abi::kNone;  // the module numbers its own
      case Op::kAnyElement:
        AddScopes(size_t{node.aux} + 1);
        return Find(scopes_, node.aux);
      default:
        return node.aux;
    }
  }

  void AddConditions(size_t end) {
    while (conditions_.size() < end && ok_) {
      const ExprId root = part_.conditions()[conditions_.size()].root;
      AddExpr(root);
      if (ok_) AddCondition(exprs_[root]);
    }
  }

  // What a condition requires follows from it, so of equal ones the first has said it.
  void AddCondition(ExprId root) {
    const size_t known = module_.conditions().size();
    const auto id = static_cast<uint32_t>(conditions_.size());
    conditions_.push_back(module_.AddCondition(root));
    if (module_.conditions().size() != known && !part_.requirements().empty()) AddRequirement(part_.requirements()[id]);
  }

  void AddRequirement(const abi::ImageRequirement& requirement) {
    IndexTables& index = module_.index;
    index.requirements.push_back({static_cast<uint32_t>(index.clauses.size()), requirement.clause_count});
    for (const abi::ImageClause& clause : part_.clauses().subspan(requirement.first_clause, requirement.clause_count)) {
      index.clauses.push_back({static_cast<uint32_t>(index.tests.size()), clause.test_count});
      for (abi::ImageTest test : part_.tests().subspan(clause.first_test, clause.test_count)) {
        test.field = Known(fields_, test.field);
        if (test.literal != abi::kNone) test.literal = literals_[test.literal];
        index.tests.push_back(test);
      }
    }
  }

  void AddProcessModels(size_t end) {
    while (process_models_.size() < end && ok_) {
      const ProcessModel& model = part_.process_models()[process_models_.size()];
      for (const ConditionId id : {model.link, model.end, model.reset, model.step}) {
        if (id != abi::kNone) AddConditions(size_t{id} + 1);
      }
      const ProcessModel mapped{.process = Known(fields_, model.process),
                                .parent = Known(fields_, model.parent),
                                .ancestry = KnownOrNone(fields_, model.ancestry),
                                .link = KnownOrNone(conditions_, model.link),
                                .end = KnownOrNone(conditions_, model.end),
                                .reset = KnownOrNone(conditions_, model.reset),
                                .step = KnownOrNone(conditions_, model.step)};
      if (ok_) process_models_.push_back(module_.AddProcessModel(mapped));
    }
  }

  // --- rules, when all tables are there ---

  Item ToItem(const abi::ImageRule& rule, const abi::ImageItem& item) const {
    Item out{.condition = conditions_[item.condition],
             .keys = {},
             .runs = item.runs,
             .missing = item.missing != 0,
             .fork = item.fork != 0,
             .residual = item.residual == abi::kNone ? abi::kNone : conditions_[item.residual]};
    for (const abi::ImageKey& key : part_.keys().subspan(item.first_key, rule.key_count)) {
      out.keys.push_back({.field = fields_[key.field],
                          .optional = key.optional != 0,
                          .type = key.type,
                          .fallback = key.fallback == abi::kNone ? abi::kNone : fields_[key.fallback]});
    }
    return out;
  }

  Pipe ToPipe(const abi::ImagePipe& pipe) const {
    Pipe out{.kind = pipe.kind, .count = pipe.count, .fold = pipe.fold != 0};
    for (const ExprId arg : part_.args(pipe)) out.args.push_back(exprs_[arg]);
    return out;
  }

  Rule ToRule(const abi::ImageRule& rule) const {
    const auto text = [this](abi::ImageString s) { return std::string(part_.text(s)); };
    Rule out{.id = text(rule.id),
             .name = text(rule.name),
             .severity = text(rule.severity),
             .risk_score = rule.risk_score,
             .query = {part_.text(rule.query), owner_},
             .parameters = {part_.text(rule.parameters), owner_},
             .kind = static_cast<RuleKind>(rule.kind),
             .items = {},
             .has_until = rule.until_item != abi::kNone,
             .until_first = rule.until_first != 0,
             .until = {},
             .maxspan_ns = rule.maxspan_ns,
             .pipes = {}};
    for (const abi::ImageItem& item : part_.items().subspan(rule.first_item, rule.item_count)) {
      out.items.push_back(ToItem(rule, item));
    }
    if (out.has_until) out.until = ToItem(rule, part_.items()[rule.until_item]);
    for (const abi::ImagePipe& pipe : part_.pipes().subspan(rule.first_pipe, rule.pipe_count)) {
      out.pipes.push_back(ToPipe(pipe));
    }
    return out;
  }

  const Image& part_;
  const std::shared_ptr<const void> owner_;  // of its bytes
  Module& module_;
  // By the part's numbers, as far as they got.
  std::vector<uint32_t> functions_, literals_, fields_, scopes_, conditions_, process_models_;
  std::vector<ExprId> exprs_;  // all the part's numbers; kNone: not there yet
  size_t first_missing_ = 0;   // in exprs_
  std::vector<ExprId> args_;   // of the node that is made
  bool ok_ = true;
};

}  // namespace

Status Merge(const Image& part, std::shared_ptr<const void> owner, Module& module) {
  return Merger(part, std::move(owner), module).Run();
}

}  // namespace eqlc::ir
