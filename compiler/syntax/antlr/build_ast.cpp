#include "compiler/syntax/antlr/build_ast.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "compiler/syntax/antlr/ast_builder.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace parse_tree {

std::optional<Ast> AstBuilder::Build(EqlParser::StatementContext& statement) {
  const size_t errors = sink_.error_count();
  for (EqlParser::DefinitionContext* definition : statement.definitions) Define(*definition);
  BuildBody(*statement.body);
  for (EqlParser::PipeContext* pipe : statement.pipes) ast_.query.pipes.push_back(BuildPipe(*pipe));
  Token* last = statement.pipes.empty() ? statement.body->stop : statement.pipes.back()->stop;
  ast_.query.span = SpanOf(statement.start, last);
  if (sink_.error_count() != errors) return std::nullopt;
  return std::move(ast_);
}

std::optional<Ast> AstBuilder::Build(EqlParser::BareExpressionContext& expression) {
  const size_t errors = sink_.error_count();
  EventFilter filter;
  filter.any = true;
  filter.condition = BuildExpression(*expression.body);
  filter.span = ast_.query.span = ast_.exprs[filter.condition.value].span;
  ast_.query.body = EventQuery{std::move(filter)};
  if (sink_.error_count() != errors) return std::nullopt;
  return std::move(ast_);
}

void AstBuilder::NoteDepth(Span span, const std::vector<ExprId>& children) {
  uint32_t depth = 0;
  for (ExprId child : children) depth = std::max(depth, depths_[child.value]);
  depths_.push_back(depth + 1);
  if (depth < limits::kMaxQueryNesting || too_deep_) return;
  too_deep_ = true;
  sink_.Report(Code::kNestedTooDeep, span,
               fmt::format("the expression is nested deeper than {} levels", limits::kMaxQueryNesting));
}

void AstBuilder::BuildBody(EqlParser::QueryContext& query) {
  if (query.event) {
    ast_.query.body = EventQuery{BuildFilter(*query.event)};
  } else if (query.ordered) {
    ast_.query.body = BuildSequence(*query.ordered);
  } else if (query.unordered) {
    Sample sample{BuildKeys(query.unordered->keys), {}};
    sample.items = BuildItems(query.unordered->items);
    ast_.query.body = std::move(sample);
  } else {
    ast_.query.body = BuildJoin(*query.joined);
  }
}

Sequence AstBuilder::BuildSequence(EqlParser::SequenceContext& rule) {
  Sequence sequence;
  sequence.keys = BuildKeys(rule.keys);
  if (rule.misplaced && python_) {
    sequence.keys = BuildKeys(rule.misplaced);
  } else if (rule.misplaced) {
    sink_.Report(Code::kOptionOrder, SpanOf(rule.misplaced), "Please specify sequence [by] before [with] not after");
  }
  if (rule.span) {
    std::optional<TimeSpan> maxspan = BuildMaxspan(*rule.span);
    sequence.has_maxspan = maxspan.has_value();
    if (maxspan) sequence.maxspan = std::move(*maxspan);
  }
  sequence.items = BuildItems(rule.items);
  sequence.has_until = rule.stop_item != nullptr;
  if (rule.stop_item) sequence.until = BuildItem(*rule.stop_item);
  return sequence;
}

Join AstBuilder::BuildJoin(EqlParser::JoinContext& rule) {
  Join join;
  join.keys = BuildKeys(rule.keys);
  join.items = BuildItems(rule.items);
  join.has_until = rule.stop_item != nullptr;
  if (rule.stop_item) join.until = BuildItem(*rule.stop_item);
  return join;
}

std::optional<TimeSpan> AstBuilder::BuildMaxspan(EqlParser::MaxspanContext& rule) {
  std::optional<TokenText> unit;
  if (rule.unit) unit = TokenOf(rule.unit->start);
  return ParseTimeSpan(TokenOf(rule.number), unit, sink_);
}

std::vector<SequenceItem> AstBuilder::BuildItems(const std::vector<EqlParser::ItemContext*>& rules) {
  std::vector<SequenceItem> items;
  items.reserve(rules.size());
  for (EqlParser::ItemContext* rule : rules) items.push_back(BuildItem(*rule));
  return items;
}

SequenceItem AstBuilder::BuildItem(EqlParser::ItemContext& rule) {
  SequenceItem item;
  item.filter = BuildFilter(*rule.filter);
  item.missing = rule.open->getType() == EqlParser::MISSING;
  item.fork = rule.fork && !(rule.fork->value && rule.fork->value->getType() == EqlParser::FALSE);
  item.has_fork = rule.fork != nullptr;
  if (rule.fork) item.fork_span = SpanOf(rule.fork);
  item.keys = BuildKeys(rule.keys);
  if (rule.runs) BuildRuns(*rule.runs, item);
  if (rule.alias) {
    item.alias = TextOf(rule.alias->name->start);
    item.alias_span = SpanOf(rule.alias);
  }
  item.span = SpanOf(&rule);
  return item;
}

void AstBuilder::BuildRuns(EqlParser::RunsOptionContext& rule, SequenceItem& item) {
  const std::string_view name = TextOf(rule.name->start);
  if (name != "runs") {
    sink_.Report(Code::kBadSequenceOption, SpanOf(rule.name),
                 fmt::format("Unrecognized option [{}], expecting [runs]", name));
    return;
  }
  item.has_runs = true;
  item.runs_span = SpanOf(rule.value);
  const std::string_view digits = TextOf(rule.value);
  if (std::from_chars(digits.data(), digits.data() + digits.size(), item.runs).ec == std::errc{}) return;
  sink_.Report(Code::kBadRuns, item.runs_span,
               fmt::format("A query cannot be repeated more than {} times; found [{}]", limits::kMaxRuns, digits));
}

std::vector<ExprId> AstBuilder::BuildKeys(EqlParser::ByContext* rule) {
  return rule ? BuildExpressions(rule->keys) : std::vector<ExprId>{};
}

EventFilter AstBuilder::BuildFilter(EqlParser::EventFilterContext& rule) {
  EventFilter filter;
  filter.category_span = SpanOf(rule.name);
  if (rule.name->any) {
    filter.any = true;
  } else if (rule.name->word) {
    filter.category = TextOf(rule.name->start);
  } else if (auto text = ParseString(TokenOf(rule.name->start), sink_)) {
    filter.quoted = true;
    filter.quotes = text->quotes;
    filter.category = std::move(text->value);
  }
  filter.condition = BuildExpression(*rule.condition);
  filter.span = SpanOf(&rule);
  return filter;
}

Pipe AstBuilder::BuildPipe(EqlParser::PipeContext& rule) {
  Pipe pipe;
  pipe.name = TextOf(rule.name->start);
  pipe.name_span = SpanOf(rule.name);
  pipe.args = BuildExpressions(rule.args);
  for (EqlParser::AtomContext* atom : rule.atoms) {
    pipe.args.push_back(atom->value ? BuildConstant(*atom->value) : BuildReference(*atom->ref));
  }
  pipe.span = SpanOf(&rule);
  return pipe;
}

}  // namespace parse_tree

std::optional<ast::Ast> BuildAst(grammar::EqlParser::StatementContext& statement, std::string_view text, Syntax syntax,
                                 DiagnosticSink& sink) {
  return parse_tree::AstBuilder(text, syntax, sink).Build(statement);
}

std::optional<ast::Ast> BuildAst(grammar::EqlParser::BareExpressionContext& expression, std::string_view text,
                                 Syntax syntax, DiagnosticSink& sink) {
  return parse_tree::AstBuilder(text, syntax, sink).Build(expression);
}

}  // namespace eqlc
