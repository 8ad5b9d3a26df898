// The IR: one hash-consed expression arena for all rules, and a plan per rule. Nodes are runtime/abi/expr.h's, so
// writing the image is a copy; docs/ir.md has the well-formedness rules that Verify checks.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/ir/id_table.h"
#include "eqlc/program.hpp"
#include "runtime/abi/expr.h"
#include "runtime/abi/image.h"
#include "runtime/abi/value.h"

namespace eqlc::ir {

using abi::ConditionId;
using abi::ExprId;
using abi::ExprNode;
using abi::FieldId;
using abi::LiteralId;
using abi::Op;
using abi::ScopeId;

// A literal; strings are owned here.
struct Literal {
  abi::ValueKind kind = abi::ValueKind::kNull;
  int64_t i64 = 0;  // bool and int; the bits of uint and double
  std::string text;

  bool operator==(const Literal&) const = default;
  // Points into this literal.
  abi::Value value() const;
  static Literal Of(const abi::Value& value);
};

// What a field is besides its path; see abi::ImageField.
struct FieldRef {
  abi::FieldRole role = abi::FieldRole::kValue;
  uint32_t source = abi::kNone;
  uint32_t scope = abi::kNone;
};

// The variable of an array search. Scopes of different depth are different, so that a search inside another one of the
// same array has a variable of its own.
struct Scope {
  FieldId array;
  uint32_t depth;
};

using ProcessModel = abi::ImageProcessModel;
using Lineage = abi::ImageLineage;

struct Key {
  FieldId field;
  bool optional;
  abi::KeyType type = abi::KeyType::kAsIs;
  FieldId fallback = abi::kNone;
};

// How a field is read; a null literal and an empty text where it is plain JSON (abi::ImageField).
struct Reading {
  Literal null_value;
  std::string date_formats;
};

struct Item {
  ConditionId condition;
  std::vector<Key> keys;  // the sequence's own keys first
  uint16_t runs = 1;
  bool missing = false;
  bool fork = false;
  ConditionId residual = abi::kNone;  // see abi::ImageItem
};

struct Pipe {
  abi::PipeKind kind;
  uint64_t count = 0;
  bool fold = false;
  std::vector<ExprId> args = {};  // value expressions
};

// A long text, held by reference: a module takes it from the image that a rule was kept in without a copy.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text) {  // NOLINT: a text is one
    const auto copy = std::make_shared<const std::string>(std::move(text));
    text_ = *copy;
    owner_ = copy;
  }
  // `owner` keeps what `text` shows.
  SharedText(std::string_view text, std::shared_ptr<const void> owner) : text_(text), owner_(std::move(owner)) {}

  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::shared_ptr<const void> owner_;
};

// One rule, lowered.
struct Rule {
  std::string id;
  std::string name;
  std::string severity;
  uint32_t risk_score = 0;
  SharedText query;
  SharedText parameters;
  RuleKind kind = RuleKind::kEvent;
  std::vector<Item> items;  // one for event rules
  bool has_until = false;
  bool until_first = false;
  Item until;
  int64_t maxspan_ns = -1;  // -1: none; of a sample: its window
  std::vector<Pipe> pipes;
};

// The rule index as the image holds it (runtime/abi/image.h); empty until compiler/index has run.
struct IndexTables {
  std::vector<abi::ImageRequirement> requirements;  // [ConditionId]
  std::vector<abi::ImageClause> clauses;
  std::vector<abi::ImageTest> tests;
  std::vector<abi::ImageSignatureField> signature;
};

// All rules of a ruleset, or one. Grows only through the builder functions; ids stay valid. A rule that fails half-way
// leaves unused nodes behind, nothing else.
// Invariants (checked by Verify):
//   1. an argument's id is smaller than its user's
//   2. equal nodes have equal ids
//   3. conditions have only conditions as arguments, kLeaf and kNever excepted; value expressions only value
//   expressions
//   4. kAll and kAny have no argument of their own kind, no duplicates, and not exactly one argument
//   5. kNever's argument is a kLeaf or kAnyElement; leaves are numbered 0..leaf_count-1 in `aux`
//   6. a field of a scope stands below a kAnyElement of that scope
// Thread-safety: none while building; const functions are safe together.
class Module {
 public:
  // --- building ---
  FieldId Field(std::string_view path);
  // The value at a path as a whole; `row_event` counts the events of a pipe's row.
  FieldId Whole(std::string_view path, uint32_t row_event = 0);
  // A join key that is an expression, `fold` with texts in lower case.
  FieldId Computed(ExprId value, bool fold);
  // The elements of the arrays at a path.
  FieldId Elements(std::string_view path);
  // What `source`, a field of either of these kinds, holds within the element that `scope` is bound to.
  FieldId Member(ScopeId scope, FieldId source);
  // A field of the event that matched stage `stage` of the partial sequence.
  FieldId AliasField(uint32_t stage, std::string_view path);
  // `array` is a field of elements or a member of one.
  ScopeId Scope(FieldId array, uint32_t depth);
  uint32_t AddProcessModel(const ProcessModel& model);
  // The field of a relation; `lineage.field` is ignored.
  FieldId LineageField(Lineage lineage);
  abi::FunctionId Function(std::string_view name);
  LiteralId AddLiteral(const Literal& literal) { return AddLiteral(literal.kind, literal.i64, literal.text); }
  // The same from its parts; copies the text of a new one.
  LiteralId AddLiteral(abi::ValueKind kind, int64_t i64, std::string_view text);
  ExprId Const(const Literal& literal);
  // Interns a node. Conditions are normalised: nested kAll/kAny are flattened, duplicates and neutral elements dropped,
  // a constant operand decides where it can, a leaf beside its own negation too, and a leaf over a constant is decided.
  // Three-valued kAnd/kOr are flattened and lose duplicates.
  ExprId Make(Op op, std::span<const ExprId> args, uint32_t aux = abi::kNone, uint8_t flags = 0);
  ExprId True() { return Make(Op::kAll, {}); }
  ExprId False() { return Make(Op::kAny, {}); }
  // Pushes the negation to the leaves and array searches.
  ExprId Negate(ExprId condition);
  ConditionId AddCondition(ExprId root);
  void SetReading(FieldId field, const Reading& reading);
  uint32_t AddRule(Rule rule);
  // Each once.
  void AddComputed(const abi::ImageComputed& computed);

  // --- changing, by passes ---
  // Another root for a condition. REQUIRES: it holds for the same events.
  void SetRoot(ConditionId condition, ExprId root) { conditions_[condition] = root; }
  // Makes conditions with the same root one and drops the nodes that nothing reaches, and the literals of those; the
  // others are numbered anew, in their order. Fields stay. REQUIRES: neither index nor readings, which have literals.
  void Prune();

  // --- reading ---
  const std::vector<ExprNode>& exprs() const { return exprs_; }
  const ExprNode& expr(ExprId id) const { return exprs_[id]; }
  std::span<const ExprId> args(ExprId id) const { return {args_.data() + exprs_[id].first_arg, exprs_[id].arg_count}; }
  const std::vector<ExprId>& all_args() const { return args_; }
  const std::vector<Literal>& literals() const { return literals_; }
  const std::vector<std::string>& fields() const { return fields_; }  // paths
  const std::vector<FieldRef>& field_refs() const { return field_refs_; }
  // Of a field, or kNone: the literals of its Reading.
  LiteralId null_value(FieldId field) const { return field < readings_.size() ? readings_[field].first : abi::kNone; }
  LiteralId date_formats(FieldId field) const {
    return field < readings_.size() ? readings_[field].second : abi::kNone;
  }
  const std::vector<ir::Scope>& scopes() const { return scopes_; }
  const std::vector<abi::ImageComputed>& computed() const { return computed_; }
  const std::vector<ProcessModel>& process_models() const { return process_models_; }
  const std::vector<Lineage>& lineages() const { return lineages_; }
  const std::vector<std::string>& functions() const { return functions_; }
  const std::vector<ExprId>& conditions() const { return conditions_; }
  const std::vector<Rule>& rules() const { return rules_; }
  uint32_t leaf_count() const { return leaf_count_; }

  // Program-wide settings, set once by the pipeline.
  FieldId timestamp_field = abi::kNone;
  FieldId tiebreaker_field = abi::kNone;
  IndexTables index;

 private:
  static std::string NameOf(std::string_view path, const FieldRef& ref);
  static std::string ComputedPath(ExprId value, bool fold);
  FieldId InternField(std::string_view path, FieldRef ref);
  ExprId Intern(Op op, uint8_t flags, uint32_t aux, std::span<const ExprId> args);
  ExprId MakeLeaf(std::span<const ExprId> args, uint32_t aux);
  ExprId MakeJunction(Op op, std::span<const ExprId> args);
  void IndexNodes();
  void IndexLiterals();
  // --- prune.cpp ---
  void MergeConditions();
  std::vector<ExprId> NumberNodes() const;
  void KeepNodes(const std::vector<ExprId>& numbers);
  void KeepLiterals();
  void RenameComputed();

  struct NodeHash;
  std::vector<ExprNode> exprs_;
  std::vector<ExprId> args_;
  std::vector<Literal> literals_;
  std::vector<std::string> fields_;
  std::vector<FieldRef> field_refs_;
  std::vector<ir::Scope> scopes_;
  std::vector<abi::ImageComputed> computed_;
  std::vector<ProcessModel> process_models_;
  std::vector<Lineage> lineages_;
  std::vector<std::pair<LiteralId, LiteralId>> readings_;  // by field, as far as some is not plain
  std::vector<std::string> functions_;
  std::vector<ExprId> conditions_;
  std::vector<Rule> rules_;
  uint32_t leaf_count_ = 0;
  IdTable node_index_;
  IdTable literal_index_;
  std::unordered_map<std::string, FieldId> field_index_;
  std::unordered_map<ExprId, ConditionId> condition_index_;
};

// `%12 = leaf #3 %11` style, one node a line, then the rules; for `dump --stage=ir` and goldens.
std::string Print(const Module& module);
// As it is written in a query.
std::string PrintLiteral(const Literal& literal);
// One expression as an S-expression.
std::string PrintExpr(const Module& module, ExprId id);

// Empty when the module is well-formed, else what is wrong with it.
std::string Verify(const Module& module);

// The program image (runtime/abi/image.h).
std::vector<std::byte> WriteImage(const Module& module);

}  // namespace eqlc::ir
