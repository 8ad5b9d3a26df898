// PythonChecker: Check for python-eql's dialect, whose rules have little in common with Elasticsearch's: fields may
// meet fields, join keys and pipes take expressions, and types are checked strictly (docs/semantics.md sections
// 2, 3.11, 4.3 and 7.2). Tested by tests/unit/compiler/sema/check_python_test.cpp.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/sema/python_functions.h"
#include "compiler/sema/typed.h"

namespace eqlc::sema {

class PythonChecker {
 public:
  PythonChecker(const ast::Ast& ast, const SemaOptions& options, DiagnosticSink& sink)
      : ast_(ast), any_type_(options.any_type), sink_(sink), info_(ast.exprs.size()) {}

  // The side table; complete only when nothing was reported as error.
  std::vector<ExprInfo> Run();

 private:
  // --- check_python.cpp: expressions ---
  void CheckNode(ast::ExprId id);
  void CheckField(ast::ExprId id, const ast::FieldRef& field);
  void CheckBooleans(const std::vector<ast::ExprId>& operands);
  void CheckCompare(const ast::Compare& compare);
  void CheckIn(ast::ExprId id, const ast::In& in);
  void CheckNumber(ast::ExprId operand);
  void CheckCall(ast::ExprId id, const ast::Call& call);
  void CheckArgument(const ast::Call& call, size_t index, PythonParam param);
  void CheckPatterns(const ast::Call& call);
  void CheckBlocks(const ast::Call& call);
  void BindVariables();
  void CheckFilter(const ast::EventFilter& filter);

  // --- check_python_query.cpp: sequences, joins, pipes ---
  void CheckBody();
  void CheckSequence(const ast::Sequence& sequence);
  void CheckItems(const std::vector<ast::SequenceItem>& items, const ast::SequenceItem* until, bool may_fork);
  void CheckItem(const ast::SequenceItem& item, bool may_fork);
  void CheckKeys(const std::vector<ast::SequenceItem>& items, const ast::SequenceItem* until);
  void CheckKeyTypes(const std::vector<const ast::SequenceItem*>& items);
  void CheckPipes();
  void CheckPipe(const ast::Pipe& pipe);
  void CheckRowLimit(const ast::Pipe& pipe);
  void CheckPipeKeys(const ast::Pipe& pipe, size_t least);
  void CheckEventIndexes(const ast::Pipe& pipe, size_t events);

  ExprInfo& info(ast::ExprId id) { return info_[id.value]; }
  Type type(ast::ExprId id) const { return info_[id.value].type; }
  bool constant(ast::ExprId id) const { return info_[id.value].constant; }
  std::string Text(ast::ExprId id) const;
  Diagnostic& ReportType(Code code, ast::ExprId found, std::string_view wanted);
  void Refuse(Span span, std::string message, std::string_view construct);

  const ast::Ast& ast_;
  const bool any_type_;
  DiagnosticSink& sink_;
  std::vector<ExprInfo> info_;
  std::vector<bool> is_variable_;                 // [ast::ExprId]: the name that a search binds
  std::set<std::string, std::less<>> variables_;  // those names
};

}  // namespace eqlc::sema
