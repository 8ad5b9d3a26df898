// Builder: lowers one rule. build_expr.cpp has the expressions, build.cpp the rule around them.
//
// Two functions mirror the two sorts of the IR:
//   Spine    and/or/not of a where-clause, two-valued; negation is pushed down on the way, so no tree is walked twice
//   Value    what is below a leaf, three-valued
#pragma once

#include <string>
#include <vector>

#include "compiler/ir/build.h"
#include "compiler/ir/fold.h"

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
  void Lower(Rule& rule, std::vector<ExprId>& roots);

 private:
  // --- build.cpp ---
  void LowerSequence(const ast::Sequence& sequence, Rule& rule, std::vector<ExprId>& roots);
  void LowerSample(const ast::Sample& sample, Rule& rule, std::vector<ExprId>& roots);
  Item LowerItem(const ast::SequenceItem& item, const std::vector<ast::ExprId>& shared_keys);
  void LowerPipe(const ast::Pipe& pipe, Rule& rule);
  ExprId Filter(const ast::EventFilter& filter);
  void WarnDecided(const ast::EventFilter& filter, ExprId root, ExprId first);

  // --- build_expr.cpp ---
  ExprId Spine(ast::ExprId id, bool negated);
  ExprId SpineJunction(const std::vector<ast::ExprId>& operands, bool conjunction, bool negated);
  ExprId SpineCompare(const ast::Compare& compare, bool negated);
  ExprId Leaf(ExprId value, bool negated);

  ExprId Value(ast::ExprId id);
  // Where a boolean is wanted: a field stands for `field == true`.
  ExprId Truth(ast::ExprId id);
  ExprId TruthJunction(Op op, const std::vector<ast::ExprId>& operands);
  ExprId Compare(const ast::Compare& compare);
  // `==` for `!=`.
  ExprId CompareValues(Op op, ExprId left, ExprId right);
  ExprId In(const ast::In& in);
  ExprId Pattern(const ast::Pattern& pattern, Span span);
  ExprId Call(const ast::Call& call, const Function& function, Span span);

  bool constant(ast::ExprId id) const { return query_.info[id.value].constant; }
  ExprId Field(const std::string& path) { return module_.Make(Op::kField, {}, module_.Field(path)); }
  ExprId Const(const abi::Value& value) { return module_.Const(Literal::Of(value)); }
  ExprId Null() { return Const(abi::Null()); }
  bool IsConst(ExprId id) const { return module_.expr(id).op == Op::kConst; }
  bool IsNull(ExprId id) const;
  ExprId Not(ExprId value) { return Strict(Op::kNot, {value}); }
  // A node that is null when an argument is.
  ExprId Strict(Op op, const std::vector<ExprId>& args, uint32_t aux = abi::kNone, uint8_t flags = 0);
  // `operand` followed by the constants, sorted and each once.
  std::vector<ExprId> WithConstants(ExprId operand, std::vector<abi::Value> constants);

  const TypedQuery& query_;
  const ast::Ast& ast_;
  const std::string& category_field_;
  Module& module_;
  DiagnosticSink& sink_;
  Folder folder_;
};

}  // namespace eqlc::ir
