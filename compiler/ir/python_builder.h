// PythonBuilder: lowers one rule of python-eql's dialect (docs/semantics.md section 11). Its logic is three-valued
// throughout, but at the top of a filter null and false come to the same, so the filter is still and/or over leaves:
// `not` is pushed down to what is neither, and negates the value below the leaf there.
//
// Fields are whole values: a list or object is one value. build_python.cpp has the rule, build_python_expr.cpp the
// expressions. Tested by tests/unit/compiler/ir/build_python_test.cpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/sema/typed.h"
#include "runtime/functions/function.h"
#include "runtime/value/scratch.h"

namespace eqlc::ir {

class PythonBuilder {
 public:
  PythonBuilder(const TypedQuery& query, const std::string& category_field, Module& module, DiagnosticSink& sink)
      : ast_(*query.ast),
        category_field_(category_field),
        fold_(query.options.case_sensitive ? uint8_t{0} : uint8_t{abi::kFold}),
        module_(module),
        sink_(sink) {}

  // Fills kind, items with their conditions, until, maxspan and pipes of `rule`. Cannot fail: sema has compiled the
  // patterns.
  void Lower(Rule& rule);
  // A value expression; a constant when nothing in it depends on an event.
  ExprId Value(ast::ExprId id);

 private:
  // --- build_python.cpp ---
  void LowerItems(const std::vector<ast::ExprId>& shared_keys, const std::vector<ast::SequenceItem>& items,
                  const ast::SequenceItem* until, Rule& rule);
  Item LowerItem(const std::vector<ast::ExprId>& shared_keys, const ast::SequenceItem& item);
  Key LowerKey(ast::ExprId key, ConditionId condition);
  void LowerPipe(const ast::Pipe& pipe, Rule& rule);
  ExprId Filter(const ast::EventFilter& filter);
  void WarnDecided(const ast::EventFilter& filter, ExprId root, ExprId first);
  ExprId Lineage(const ast::LineageTerm& term);
  // The condition that the event names its process.
  ExprId HasProcess();
  uint32_t ProcessModel();
  ExprId CategoryIs(const std::string& category);
  // A leaf: the field is one of the constants.
  ExprId IsOneOf(std::string_view field, std::initializer_list<abi::Value> constants);

  // --- build_python_expr.cpp ---
  ExprId Spine(ast::ExprId id, bool negated);
  ExprId SpineJunction(const std::vector<ast::ExprId>& operands, bool conjunction, bool negated);
  ExprId Leaf(ExprId value) { return module_.Make(Op::kLeaf, {&value, 1}); }
  ExprId Field(const ast::FieldRef& field);
  ExprId Whole(std::string_view path, uint32_t row_event = 0) {
    return module_.Make(Op::kField, {}, module_.Whole(path, row_event));
  }
  ExprId Steps(ExprId value, std::span<const ast::PathStep> steps);
  ExprId Variable(const ast::FieldRef& field, uint32_t depth);
  ExprId Junction(Op op, const std::vector<ast::ExprId>& operands);
  ExprId Compare(const ast::Compare& compare);
  ExprId CompareValues(Op op, ExprId left, ExprId right);
  ExprId In(const ast::In& in);
  ExprId Call(const ast::Call& call);
  ExprId PatternCall(Op op, const ast::Call& call);
  ExprId Search(Op op, const ast::Call& call);
  ExprId CallFunction(const Function& function, const std::vector<ExprId>& args, uint8_t flags);
  ExprId Not(ExprId value);
  // The truth of a value; the value itself when it is none but true, false and null.
  ExprId Truth(ExprId value);
  bool IsTruth(ExprId value) const;
  // The node, or its value when all arguments are constant; null when an argument is and the operator says so.
  ExprId Fold(Op op, std::span<const ExprId> args, uint32_t aux = abi::kNone, uint8_t flags = 0,
              const Function* function = nullptr);
  ExprId Fold(Op op, std::initializer_list<ExprId> args, uint8_t flags = 0) {
    return Fold(op, std::span(args.begin(), args.size()), abi::kNone, flags);
  }
  std::vector<ExprId> WithConstants(ExprId operand, std::vector<abi::Value> constants);

  ExprId Const(const abi::Value& value) { return module_.Const(Literal::Of(value)); }
  bool IsConst(ExprId id) const { return module_.expr(id).op == Op::kConst; }
  bool IsNull(ExprId id) const { return IsConst(id) && ValueOf(id).is_null(); }
  // REQUIRES: IsConst.
  abi::Value ValueOf(ExprId id) const { return module_.literals()[module_.expr(id).aux].value(); }
  uint8_t python() const { return fold_ | abi::kPython; }

  const ast::Ast& ast_;
  const std::string& category_field_;
  const uint8_t fold_;
  Module& module_;
  DiagnosticSink& sink_;
  Scratch scratch_;                     // strings of folded values, until they are literals
  std::vector<std::string> variables_;  // of the searches around, outermost first
  bool in_pipe_ = false;
  size_t row_events_ = 1;  // in a pipe: events of its rows
};

}  // namespace eqlc::ir
