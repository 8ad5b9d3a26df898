// Module: hash-consing and the normalisations of conditions. Everything that builds IR comes through here, so the
// invariants of ir.h hold by construction. Tested by tests/unit/compiler/ir/module_test.cpp.
#include <algorithm>
#include <bit>
#include <cassert>
#include <functional>
#include <unordered_set>
#include <utility>

#include "compiler/ir/ir.h"

namespace eqlc::ir {
namespace {

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash ^= value + 0x9e3779b97f4a7c15 + (hash << 6) + (hash >> 2);
  return hash * 0xff51afd7ed558ccd;
}

uint64_t LiteralHash(abi::ValueKind kind, int64_t i64, std::string_view text) {
  return Mix(Mix(static_cast<uint64_t>(kind), static_cast<uint64_t>(i64)), std::hash<std::string_view>{}(text));
}

Op Opposite(Op junction) { return junction == Op::kAll ? Op::kAny : Op::kAll; }

// The operands of a junction, each once, in the order of first occurrence. Few are compared one by one.
class OperandList {
 public:
  void Add(ExprId id) {
    if (Contains(id)) return;
    operands_.push_back(id);
    if (operands_.size() > kFew)
      seen_.insert(operands_.size() == kFew + 1 ? operands_.begin() : operands_.end() - 1, operands_.end());
  }
  bool Contains(ExprId id) const {
    return operands_.size() > kFew ? seen_.contains(id) : std::ranges::find(operands_, id) != operands_.end();
  }
  const std::vector<ExprId>& operands() const { return operands_; }

 private:
  static constexpr size_t kFew = 32;
  std::vector<ExprId> operands_;
  std::unordered_set<ExprId> seen_;  // once there are more
};

bool IsJunction(Op op) { return op == Op::kAll || op == Op::kAny || op == Op::kAnd || op == Op::kOr; }

}  // namespace

abi::Value Literal::value() const {
  switch (kind) {
    case abi::ValueKind::kNull:
      return abi::Null();
    case abi::ValueKind::kBool:
      return abi::Bool(i64 != 0);
    case abi::ValueKind::kInt:
      return abi::Int(i64);
    case abi::ValueKind::kUint:
      return abi::Uint(static_cast<uint64_t>(i64));
    case abi::ValueKind::kDouble:
      return abi::Double(std::bit_cast<double>(i64));
    case abi::ValueKind::kString:
      return abi::String(text);
    case abi::ValueKind::kJson:
      break;  // no literal is one
  }
  return abi::Null();
}

Literal Literal::Of(const abi::Value& value) {
  Literal literal{.kind = value.kind};
  if (value.is_string()) {
    literal.text = value.text();
  } else if (!value.is_null()) {
    literal.i64 = std::bit_cast<int64_t>(value.payload);
  }
  return literal;
}

// What makes two nodes the same. A leaf's number follows from its argument.
struct Module::NodeHash {
  static uint64_t Of(Op op, uint8_t flags, uint32_t aux, std::span<const ExprId> args) {
    uint64_t hash = Mix(static_cast<uint64_t>(op) << 8 | flags, op == Op::kLeaf ? 0 : aux);
    for (const ExprId arg : args) hash = Mix(hash, arg);
    return hash;
  }
};

FieldId Module::Field(std::string_view path) { return InternField(path, {}); }

FieldId Module::Whole(std::string_view path, uint32_t row_event) {
  if (row_event == 0) return InternField(path, {.role = abi::FieldRole::kWhole});
  return InternField(path, {.role = abi::FieldRole::kRow, .scope = row_event});
}

FieldId Module::Computed(ExprId value, bool fold) {
  return InternField(ComputedPath(value, fold), {.role = abi::FieldRole::kComputed});
}

std::string Module::ComputedPath(ExprId value, bool fold) {
  return "key %" + std::to_string(value) + (fold ? "~" : "");
}

FieldId Module::Elements(std::string_view path) { return InternField(path, {.role = abi::FieldRole::kElements}); }

FieldId Module::Member(ScopeId scope, FieldId source) {
  const std::string path = fields_[source];
  return InternField(path, {.role = abi::FieldRole::kMember, .source = source, .scope = scope});
}

FieldId Module::AliasField(uint32_t stage, std::string_view path) {
  return InternField(path, {.role = abi::FieldRole::kAlias, .scope = stage});
}

// The role and what goes with it are part of a field's name; a NUL cannot occur in a path that was parsed.
std::string Module::NameOf(std::string_view path, const FieldRef& ref) {
  std::string name(path);
  if (ref.role != abi::FieldRole::kValue) {
    for (const uint32_t part : {static_cast<uint32_t>(ref.role), ref.source, ref.scope}) {
      name += '\0' + std::to_string(part);
    }
  }
  return name;
}

FieldId Module::InternField(std::string_view path, FieldRef ref) {
  const auto [it, added] = field_index_.try_emplace(NameOf(path, ref), static_cast<FieldId>(fields_.size()));
  if (added) {
    fields_.emplace_back(path);
    field_refs_.push_back(ref);
  }
  return it->second;
}

// A handful per ruleset, like the functions and process models.
ScopeId Module::Scope(FieldId array, uint32_t depth) {
  const auto it = std::ranges::find_if(
      scopes_, [&](const ir::Scope& scope) { return scope.array == array && scope.depth == depth; });
  if (it != scopes_.end()) return static_cast<ScopeId>(it - scopes_.begin());
  scopes_.push_back({array, depth});
  return static_cast<ScopeId>(scopes_.size() - 1);
}

uint32_t Module::AddProcessModel(const ProcessModel& model) {
  const auto it = std::ranges::find(process_models_, model);
  if (it != process_models_.end()) return static_cast<uint32_t>(it - process_models_.begin());
  process_models_.push_back(model);
  return static_cast<uint32_t>(process_models_.size() - 1);
}

FieldId Module::LineageField(Lineage lineage) {
  for (const Lineage& known : lineages_) {
    if (known.kind == lineage.kind && known.model == lineage.model && known.source == lineage.source) {
      return known.field;
    }
  }
  const auto number = static_cast<uint32_t>(lineages_.size());
  lineage.field = InternField("", {.role = abi::FieldRole::kLineage, .source = number});
  lineages_.push_back(lineage);
  return lineage.field;
}

void Module::SetReading(FieldId field, const Reading& reading) {
  if (reading.null_value.kind == abi::ValueKind::kNull && reading.date_formats.empty()) return;
  if (readings_.size() <= field) readings_.resize(field + 1, {abi::kNone, abi::kNone});
  auto& [null_value, date_formats] = readings_[field];
  if (reading.null_value.kind != abi::ValueKind::kNull) null_value = AddLiteral(reading.null_value);
  if (reading.date_formats.empty()) return;
  date_formats = AddLiteral(Literal::Of(abi::String(reading.date_formats)));
}

// A program calls a dozen functions, so a list will do.
abi::FunctionId Module::Function(std::string_view name) {
  const auto it = std::find(functions_.begin(), functions_.end(), name);
  if (it != functions_.end()) return static_cast<abi::FunctionId>(it - functions_.begin());
  functions_.emplace_back(name);
  return static_cast<abi::FunctionId>(functions_.size() - 1);
}

LiteralId Module::AddLiteral(abi::ValueKind kind, int64_t i64, std::string_view text) {
  if (literal_index_.empty()) IndexLiterals();
  const uint64_t hash = LiteralHash(kind, i64, text);
  const uint32_t known = literal_index_.Find(hash, [&](LiteralId id) {
    const Literal& literal = literals_[id];
    return literal.kind == kind && literal.i64 == i64 && literal.text == text;
  });
  if (known != IdTable::kNotThere) return known;
  const auto id = static_cast<LiteralId>(literals_.size());
  literals_.push_back({kind, i64, std::string(text)});
  literal_index_.Add(hash, id);
  return id;
}

// As IndexNodes.
void Module::IndexLiterals() {
  for (LiteralId id = 0; id < literals_.size(); ++id) {
    const Literal& literal = literals_[id];
    literal_index_.Add(LiteralHash(literal.kind, literal.i64, literal.text), id);
  }
}

ExprId Module::Const(const Literal& literal) { return Make(Op::kConst, {}, AddLiteral(literal)); }

ExprId Module::Make(Op op, std::span<const ExprId> args, uint32_t aux, uint8_t flags) {
  if (op == Op::kLeaf) return MakeLeaf(args, aux);
  // No element satisfies what nothing does.
  if (op == Op::kAnyElement && args.size() == 1 && args[0] < exprs_.size() && exprs_[args[0]].op == Op::kAny &&
      exprs_[args[0]].arg_count == 0) {
    return args[0];
  }
  if (!IsJunction(op)) return Intern(op, flags, aux, args);
  return MakeJunction(op, args);
}

// A leaf over a constant is decided: only true is true.
ExprId Module::MakeLeaf(std::span<const ExprId> args, uint32_t aux) {
  if (args.size() == 1 && args[0] < exprs_.size() && exprs_[args[0]].op == Op::kConst) {
    const Literal& literal = literals_[exprs_[args[0]].aux];
    return literal.kind == abi::ValueKind::kBool && literal.i64 != 0 ? True() : False();
  }
  return Intern(Op::kLeaf, 0, aux, args);
}

// Flattens and drops duplicates; conditions are also decided where possible. Keeps the order of first occurrence.
ExprId Module::MakeJunction(Op op, std::span<const ExprId> args) {
  OperandList list;
  for (const ExprId arg : args) {
    assert(arg < exprs_.size());
    if (exprs_[arg].op != op) {
      list.Add(arg);
    } else {
      for (const ExprId inner : this->args(arg)) list.Add(inner);
    }
  }
  const std::vector<ExprId>& operands = list.operands();
  if (!abi::IsCondition(op)) return Intern(op, 0, abi::kNone, operands);

  for (const ExprId id : operands) {
    const ExprNode& node = exprs_[id];
    const bool absorbs = node.op == Opposite(op) && node.arg_count == 0;
    if (absorbs || (node.op == Op::kNever && list.Contains(args_[node.first_arg]))) {
      return Intern(Opposite(op), 0, abi::kNone, {});
    }
  }
  return operands.size() == 1 ? operands[0] : Intern(op, 0, abi::kNone, operands);
}

ExprId Module::Intern(Op op, uint8_t flags, uint32_t aux, std::span<const ExprId> args) {
  if (node_index_.empty()) IndexNodes();
  const uint64_t hash = NodeHash::Of(op, flags, aux, args);
  const uint32_t known = node_index_.Find(hash, [&](ExprId id) {
    const ExprNode& node = exprs_[id];
    return node.op == op && node.flags == flags && (op == Op::kLeaf || node.aux == aux) &&
           std::ranges::equal(this->args(id), args);
  });
  if (known != IdTable::kNotThere) return known;
  const auto id = static_cast<ExprId>(exprs_.size());
  if (op == Op::kLeaf) aux = leaf_count_++;
  const size_t first_arg = args_.size();
  exprs_.push_back({op, flags, 0, aux, static_cast<uint32_t>(first_arg), static_cast<uint32_t>(args.size())});
  if (args_.capacity() - first_arg < args.size()) {
    // `args` may point into args_ itself, which moves.
    const std::vector<ExprId> copy(args.begin(), args.end());
    args_.insert(args_.end(), copy.begin(), copy.end());
  } else {
    for (const ExprId arg : args) args_.push_back(arg);
  }
  node_index_.Add(hash, id);
  return id;
}

// Of nodes that Prune renumbered; mostly nobody asks for any afterwards.
void Module::IndexNodes() {
  for (ExprId id = 0; id < exprs_.size(); ++id) {
    const ExprNode& node = exprs_[id];
    node_index_.Add(NodeHash::Of(node.op, node.flags, node.aux, args(id)), id);
  }
}

ExprId Module::Negate(ExprId condition) {
  const ExprNode node = exprs_[condition];
  if (node.op == Op::kLeaf || node.op == Op::kAnyElement) return Make(Op::kNever, {&condition, 1});
  if (node.op == Op::kNever) return args_[node.first_arg];
  assert(node.op == Op::kAll || node.op == Op::kAny);
  std::vector<ExprId> operands(args(condition).begin(), args(condition).end());
  for (ExprId& operand : operands) operand = Negate(operand);
  return Make(Opposite(node.op), operands);
}

ConditionId Module::AddCondition(ExprId root) {
  const auto [it, added] = condition_index_.try_emplace(root, static_cast<ConditionId>(conditions_.size()));
  if (added) conditions_.push_back(root);
  return it->second;
}

void Module::AddComputed(const abi::ImageComputed& computed) {
  const auto same = [&](const abi::ImageComputed& other) {
    return other.condition == computed.condition && other.field == computed.field;
  };
  if (std::ranges::none_of(computed_, same)) computed_.push_back(computed);
}

uint32_t Module::AddRule(Rule rule) {
  rules_.push_back(std::move(rule));
  return static_cast<uint32_t>(rules_.size() - 1);
}

}  // namespace eqlc::ir
