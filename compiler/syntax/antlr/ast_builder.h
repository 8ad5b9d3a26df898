// AstBuilder: what the functions that BuildAst consists of share. build_ast.cpp has those for statements,
// build_definitions.cpp those for macros and constants, build_expressions.cpp those for expressions.
#pragma once

#include <EqlParser.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/parser.h"

namespace eqlc::parse_tree {

using namespace ast;  // NOLINT: every second word below is one of its names
using antlr4::ParserRuleContext;
using antlr4::Token;
using grammar::EqlParser;

inline Span SpanOf(Token* first, Token* last) {
  return {static_cast<uint32_t>(first->getStartIndex()), static_cast<uint32_t>(last->getStopIndex() + 1)};
}
inline Span SpanOf(Token* token) { return SpanOf(token, token); }
inline Span SpanOf(ParserRuleContext* rule) { return SpanOf(rule->start, rule->stop); }

// A macro of python-eql. Its body sees the definitions before it, so that expansion ends.
struct Macro {
  std::map<std::string, size_t, std::less<>> params;  // and which argument each is
  size_t arity;
  EqlParser::ExpressionContext* body;
};

// What the parameters of the macro that is being expanded stand for: expressions of the place where it is used.
struct Arguments {
  const Macro* macro;
  const std::vector<EqlParser::ExpressionContext*>* values;
  const Arguments* outer;  // at the place of use
};

// Builds nodes bottom-up, so that children have smaller ids than their parents.
class AstBuilder {
 public:
  AstBuilder(std::string_view text, Syntax syntax, DiagnosticSink& sink)
      : text_(text), python_(syntax == Syntax::kPython), sink_(sink) {}

  std::optional<Ast> Build(EqlParser::StatementContext& statement);
  std::optional<Ast> Build(EqlParser::BareExpressionContext& expression);

 private:
  // Definitions.
  void Define(EqlParser::DefinitionContext& rule);
  std::optional<ExprId> BuildName(EqlParser::ReferenceContext& rule);
  ExprId BuildArgument(EqlParser::ExpressionContext& argument, Span place);
  // Puts what stands behind the parameter `rule` behind `value`, which it stands for.
  void Extend(ExprId value, EqlParser::ExpressionContext& argument, EqlParser::ReferenceContext& rule);
  std::optional<ExprId> ExpandMacro(EqlParser::ReferenceContext& rule);
  ExprId Expand(const Macro& macro, const std::vector<EqlParser::ExpressionContext*>& values, Span span);
  // Whether `value` may be built in place of a name.
  bool MaySubstitute(ParserRuleContext& value, Span place);
  // Reports it once; no name is expanded any more.
  void StopExpanding(Code code, Span place, std::string message);

  // Statements.
  void BuildBody(EqlParser::QueryContext& query);
  Sequence BuildSequence(EqlParser::SequenceContext& rule);
  Join BuildJoin(EqlParser::JoinContext& rule);
  std::optional<TimeSpan> BuildMaxspan(EqlParser::MaxspanContext& rule);
  std::vector<SequenceItem> BuildItems(const std::vector<EqlParser::ItemContext*>& rules);
  SequenceItem BuildItem(EqlParser::ItemContext& rule);
  void BuildRuns(EqlParser::RunsOptionContext& rule, SequenceItem& item);
  std::vector<ExprId> BuildKeys(EqlParser::ByContext* rule);
  EventFilter BuildFilter(EqlParser::EventFilterContext& rule);
  Pipe BuildPipe(EqlParser::PipeContext& rule);

  // Expressions, loosest first.
  ExprId BuildExpression(EqlParser::ExpressionContext& rule);
  ExprId BuildConjunction(EqlParser::ConjunctionContext& rule);
  ExprId BuildInversion(EqlParser::InversionContext& rule);
  ExprId BuildComparison(EqlParser::ComparisonContext& rule);
  ExprId BuildSum(EqlParser::SumContext& rule);
  ExprId BuildProduct(EqlParser::ProductContext& rule);
  ExprId BuildFactor(EqlParser::FactorContext& rule);
  ExprId BuildPredicate(ExprId operand, Span span, EqlParser::PredicatedContext& rule);
  ExprId BuildPythonComparison(EqlParser::ComparisonContext& rule);
  EqlParser::PredicatedContext* TakePredicate(EqlParser::SumContext& rule);
  ExprId BuildMethod(ExprId operand, Token* start, EqlParser::MethodContext& rule);
  ExprId BuildPrimary(EqlParser::PrimaryContext& rule);
  ExprId BuildReference(EqlParser::ReferenceContext& rule);
  ExprId BuildCall(EqlParser::ReferenceContext& rule);
  ExprId BuildLineage(EqlParser::ReferenceContext& rule);
  FieldRef BuildField(EqlParser::ReferenceContext& rule);
  void AddTail(EqlParser::FieldTailContext& rest, FieldRef& field);
  ExprId BuildConstant(EqlParser::ConstantContext& rule);
  std::vector<ExprId> BuildExpressions(const std::vector<EqlParser::ExpressionContext*>& rules);

  // Adds a node; `children` are all the nodes it refers to.
  template <typename Node>
  ExprId Add(Span span, Node node, const std::vector<ExprId>& children = {});
  void NoteDepth(Span span, const std::vector<ExprId>& children);

  std::string_view TextOf(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  std::string_view TextOf(Token* token) const { return TextOf(SpanOf(token)); }
  std::string_view TextOf(ParserRuleContext* rule) const { return TextOf(SpanOf(rule)); }
  TokenText TokenOf(Token* token) const { return {TextOf(token), SpanOf(token)}; }
  std::string NameOf(Token* word);
  std::string PartOf(EqlParser::PathPartContext& rule) {
    return rule.word ? NameOf(rule.start) : UnquoteIdentifier(TextOf(rule.quoted));
  }

  void ReportUnexpected(Token* token);

  std::string_view text_;
  const bool python_;
  DiagnosticSink& sink_;
  Ast ast_;
  std::map<std::string, Macro, std::less<>> macros_;
  std::map<std::string, EqlParser::ConstantContext*, std::less<>> constants_;
  const Arguments* arguments_ = nullptr;  // of the innermost macro being expanded
  uint32_t macro_depth_ = 0;
  size_t expanded_bytes_ = 0;  // of what was built in place of names
  bool expansion_stopped_ = false;
  std::vector<uint32_t> depths_;  // of the tree below each node, itself included
  bool too_deep_ = false;
};

template <typename Node>
ExprId AstBuilder::Add(Span span, Node node, const std::vector<ExprId>& children) {
  NoteDepth(span, children);
  ast_.exprs.push_back(Expr{span, std::move(node)});
  return ExprId(static_cast<uint32_t>(ast_.exprs.size() - 1));
}

}  // namespace eqlc::parse_tree
