// Builder: lowers one rule. build_expr.cpp has the expressions, build.cpp the rule around them.
//
// build_typed.cpp has what a field's type changes.
//
// Two functions mirror the two sorts of the IR:
//   Spine    and/or/not of a where-clause, two-valued; negation is pushed down on the way, so no tree is walked twice
//   Value    what is below a leaf, three-valued
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/aliases.h"
#include "compiler/ir/build.h"
#include "compiler/ir/fold.h"
#include "runtime/value/iso8601.h"
#include "runtime/value/scratch.h"

namespace eqlc::ir {

class Builder {
 public:
  Builder(const TypedQuery& query, const std::string& category_field, Module& module, DiagnosticSink& sink)
      : query_(query),
        ast_(*query.ast),
        category_field_(category_field),
        module_(module),
        sink_(sink),
        folder_(query, sink) {}

  // Fills kind, items, until, maxspan and pipes of `rule`; conditions of the items are node ids in `roots`, in the
  // order of the items, `until` last.
  void Lower(Rule& rule, std::vector<SplitCondition>& roots);

 private:
  // --- build.cpp ---
  void LowerSequence(const ast::Sequence& sequence, Rule& rule, std::vector<SplitCondition>& roots);
  void LowerSample(const ast::Sample& sample, Rule& rule, std::vector<SplitCondition>& roots);
  Item LowerItem(const ast::SequenceItem& item, const std::vector<ast::ExprId>& shared_keys);
  void KeyByHost(Rule& rule);
  void LowerPipe(const ast::Pipe& pipe, Rule& rule);
  ExprId Filter(const ast::EventFilter& filter);
  void WarnDecided(const ast::EventFilter& filter, ExprId root, ExprId first);

  // --- build_typed.cpp ---
  // `left op right`, with the conversions that the type of a field on one side asks for. Functions below that return
  // nothing leave it to the plain comparison.
  ExprId CompareSides(Op op, ast::ExprId left, ast::ExprId right);
  std::optional<ExprId> CompareTyped(Op op, ast::ExprId field, ast::ExprId literal);
  std::optional<ExprId> CompareValue(Op op, ast::ExprId field, ast::ExprId literal, const abi::Value& value);
  std::optional<ExprId> CompareIp(Op op, ast::ExprId field, ast::ExprId literal, const abi::Value& value);
  std::optional<ExprId> CompareDate(Op op, ast::ExprId field, ast::ExprId literal, const abi::Value& value);
  std::optional<ExprId> CompareVersion(Op op, ast::ExprId field, const abi::Value& value);
  std::optional<ExprId> InTyped(const ast::In& in, PatternList items);
  std::optional<ExprId> InBlocks(ast::ExprId field, const PatternList& items);
  std::optional<ExprId> InDates(ast::ExprId field, const PatternList& items);
  // The date that a literal of a date field says; nothing when it says none, which is then reported.
  std::optional<DateSpan> DateLiteral(ast::ExprId field, const abi::Value& value, Span span);
  // The literal as the field's type has it: "4" is 4 for a number. Nothing when it cannot be, which is then reported.
  std::optional<abi::Value> LiteralFor(ast::ExprId field, const abi::Value& value, Span span);
  void ReportMisfit(ast::ExprId field, const abi::Value& value, Span span);
  // The type by which a join key is compared.
  abi::KeyType KeyTypeOf(ast::ExprId key) const;
  // The field below a hidden function.
  ExprId Converted(std::string_view function, ast::ExprId field);
  abi::Value Convert(std::string_view function, const abi::Value& value);
  const KnownField* field(ast::ExprId id) const { return query_.info[id.value].field; }
  std::string_view PathOf(ast::ExprId id) const;

  // --- build_expr.cpp ---
  ExprId Spine(ast::ExprId id, bool negated);
  ExprId SpineJunction(const std::vector<ast::ExprId>& operands, bool conjunction, bool negated);
  ExprId SpineCompare(const ast::Compare& compare, bool negated);
  ExprId Leaf(ExprId value, bool negated);

  // --- build_search.cpp ---
  ExprId ArraySearch(const ast::Call& call, bool negated);
  ExprId Lineage(const ast::LineageTerm& term, bool negated);
  uint32_t ProcessModelOfDialect();
  FieldId FieldOf(ast::ExprId id);
  FieldId MemberOf(const ast::FieldRef& ref);

  ExprId Value(ast::ExprId id);
  // Where a boolean is wanted: a field stands for `field == true`.
  ExprId Truth(ast::ExprId id);
  ExprId TruthJunction(Op op, const std::vector<ast::ExprId>& operands);
  ExprId Compare(const ast::Compare& compare);
  ExprId PlainIn(const ast::In& in, const PatternList& items);
  // `==` for `!=`.
  ExprId CompareValues(Op op, ExprId left, ExprId right);
  ExprId In(const ast::In& in);
  ExprId Pattern(const ast::Pattern& pattern, Span span);
  ExprId Call(const ast::Call& call, const Function& function, Span span);

  bool IsField(ast::ExprId id) const { return std::holds_alternative<ast::FieldRef>(ast_[id].node); }
  bool constant(ast::ExprId id) const { return query_.info[id.value].constant; }
  ExprId Field(std::string_view path) { return module_.Make(Op::kField, {}, module_.Field(path)); }
  ExprId Const(const abi::Value& value) { return module_.Const(Literal::Of(value)); }
  ExprId Null() { return Const(abi::Null()); }
  bool IsConst(ExprId id) const { return module_.expr(id).op == Op::kConst; }
  bool IsNull(ExprId id) const;
  ExprId Not(ExprId value) { return Strict(Op::kNot, {value}); }
  // A node that is null when an argument is.
  ExprId Strict(Op op, const std::vector<ExprId>& args, uint32_t aux = abi::kNone, uint8_t flags = 0);
  // `operand` followed by the constants, sorted and each once.
  std::vector<ExprId> WithConstants(ExprId operand, std::vector<abi::Value> constants);

  // The variable of a search whose condition is being lowered.
  struct Variable {
    std::string name;
    ScopeId scope;
    std::string path;  // of the array
  };
  // `as name`: the stage of the item's event.
  struct Alias {
    std::string name;
    uint32_t stage;
  };

  const TypedQuery& query_;
  const ast::Ast& ast_;
  const std::string& category_field_;
  Module& module_;
  DiagnosticSink& sink_;
  Folder folder_;
  Scratch scratch_;                  // texts of converted literals
  std::vector<Variable> variables_;  // innermost last
  std::vector<Alias> aliases_;       // of the items before the one being lowered
};

}  // namespace eqlc::ir
