#include "compiler/syntax/antlr/build_ast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <string>
#include <utility>

#include "compiler/syntax/literals.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

using namespace ast;  // NOLINT: every second word below is one of its names
using antlr4::ParserRuleContext;
using antlr4::Token;
using grammar::EqlParser;

Span SpanOf(Token* first, Token* last) {
  return {static_cast<uint32_t>(first->getStartIndex()), static_cast<uint32_t>(last->getStopIndex() + 1)};
}
Span SpanOf(Token* token) { return SpanOf(token, token); }
Span SpanOf(ParserRuleContext* rule) { return SpanOf(rule->start, rule->stop); }

CompareOp CompareOpOf(size_t type) {
  switch (type) {
    case EqlParser::EQ:
      return CompareOp::kEq;
    case EqlParser::NEQ:
      return CompareOp::kNe;
    case EqlParser::LT:
      return CompareOp::kLt;
    case EqlParser::LTE:
      return CompareOp::kLe;
    case EqlParser::GT:
      return CompareOp::kGt;
    default:
      assert(type == EqlParser::GTE);
      return CompareOp::kGe;
  }
}

ArithOp ArithOpOf(size_t type) {
  switch (type) {
    case EqlParser::PLUS:
      return ArithOp::kAdd;
    case EqlParser::MINUS:
      return ArithOp::kSub;
    case EqlParser::ASTERISK:
      return ArithOp::kMul;
    case EqlParser::SLASH:
      return ArithOp::kDiv;
    default:
      assert(type == EqlParser::PERCENT);
      return ArithOp::kMod;
  }
}

PatternOp PatternOpOf(size_t type) {
  switch (type) {
    case EqlParser::SEQ:
      return PatternOp::kSeq;
    case EqlParser::LIKE:
      return PatternOp::kLike;
    case EqlParser::LIKE_INSENSITIVE:
      return PatternOp::kLikeInsensitive;
    case EqlParser::REGEX:
      return PatternOp::kRegex;
    default:
      assert(type == EqlParser::REGEX_INSENSITIVE);
      return PatternOp::kRegexInsensitive;
  }
}

// Builds nodes bottom-up, so that children have smaller ids than their parents.
class Builder {
 public:
  Builder(std::string_view text, DiagnosticSink& sink) : text_(text), sink_(sink) {}

  std::optional<Ast> Build(EqlParser::StatementContext& statement);
  std::optional<Ast> Build(EqlParser::BareExpressionContext& expression);

 private:
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
  ExprId BuildPredicated(EqlParser::PredicatedContext& rule);
  ExprId BuildPrimary(EqlParser::PrimaryContext& rule);
  ExprId BuildReference(EqlParser::ReferenceContext& rule);
  ExprId BuildCall(EqlParser::ReferenceContext& rule);
  ExprId BuildLineage(EqlParser::ReferenceContext& rule);
  FieldRef BuildField(EqlParser::ReferenceContext& rule);
  ExprId BuildConstant(EqlParser::ConstantContext& rule);
  std::vector<ExprId> BuildExpressions(const std::vector<EqlParser::ExpressionContext*>& rules);

  // Adds a node; `children` are all the nodes it refers to.
  template <typename Node>
  ExprId Add(Span span, Node node, const std::vector<ExprId>& children = {});
  void NoteDepth(Span span, const std::vector<ExprId>& children);

  std::string_view TextOf(Token* token) const {
    const Span span = SpanOf(token);
    return text_.substr(span.begin, span.end - span.begin);
  }
  TokenText TokenOf(Token* token) const { return {TextOf(token), SpanOf(token)}; }
  std::string PartOf(EqlParser::PathPartContext& rule) const {
    return rule.word ? std::string(TextOf(rule.start)) : UnquoteIdentifier(TextOf(rule.quoted));
  }

  std::string_view text_;
  DiagnosticSink& sink_;
  Ast ast_;
  std::vector<uint32_t> depths_;  // of the tree below each node, itself included
  bool too_deep_ = false;
};

std::optional<Ast> Builder::Build(EqlParser::StatementContext& statement) {
  const size_t errors = sink_.error_count();
  BuildBody(*statement.body);
  for (EqlParser::PipeContext* pipe : statement.pipes) ast_.query.pipes.push_back(BuildPipe(*pipe));
  Token* last = statement.pipes.empty() ? statement.body->stop : statement.pipes.back()->stop;
  ast_.query.span = SpanOf(statement.start, last);
  if (sink_.error_count() != errors) return std::nullopt;
  return std::move(ast_);
}

std::optional<Ast> Builder::Build(EqlParser::BareExpressionContext& expression) {
  const size_t errors = sink_.error_count();
  EventFilter filter;
  filter.any = true;
  filter.condition = BuildExpression(*expression.body);
  filter.span = ast_.query.span = ast_.exprs[filter.condition.value].span;
  ast_.query.body = EventQuery{std::move(filter)};
  if (sink_.error_count() != errors) return std::nullopt;
  return std::move(ast_);
}

template <typename Node>
ExprId Builder::Add(Span span, Node node, const std::vector<ExprId>& children) {
  NoteDepth(span, children);
  ast_.exprs.push_back(Expr{span, std::move(node)});
  return ExprId(static_cast<uint32_t>(ast_.exprs.size() - 1));
}

void Builder::NoteDepth(Span span, const std::vector<ExprId>& children) {
  uint32_t depth = 0;
  for (ExprId child : children) depth = std::max(depth, depths_[child.value]);
  depths_.push_back(depth + 1);
  if (depth < limits::kMaxQueryNesting || too_deep_) return;
  too_deep_ = true;
  sink_.Report(Code::kNestedTooDeep, span,
               fmt::format("the expression is nested deeper than {} levels", limits::kMaxQueryNesting));
}

// --- statements ---

void Builder::BuildBody(EqlParser::QueryContext& query) {
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

Sequence Builder::BuildSequence(EqlParser::SequenceContext& rule) {
  Sequence sequence;
  sequence.keys = BuildKeys(rule.keys);
  if (rule.misplaced) {
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

Join Builder::BuildJoin(EqlParser::JoinContext& rule) {
  Join join;
  join.keys = BuildKeys(rule.keys);
  join.items = BuildItems(rule.items);
  join.has_until = rule.stop_item != nullptr;
  if (rule.stop_item) join.until = BuildItem(*rule.stop_item);
  return join;
}

std::optional<TimeSpan> Builder::BuildMaxspan(EqlParser::MaxspanContext& rule) {
  std::optional<TokenText> unit;
  if (rule.unit) unit = TokenOf(rule.unit->start);
  return ParseTimeSpan(TokenOf(rule.number), unit, sink_);
}

std::vector<SequenceItem> Builder::BuildItems(const std::vector<EqlParser::ItemContext*>& rules) {
  std::vector<SequenceItem> items;
  items.reserve(rules.size());
  for (EqlParser::ItemContext* rule : rules) items.push_back(BuildItem(*rule));
  return items;
}

SequenceItem Builder::BuildItem(EqlParser::ItemContext& rule) {
  SequenceItem item;
  item.filter = BuildFilter(*rule.filter);
  item.missing = rule.open->getType() == EqlParser::MISSING;
  item.fork = rule.fork && !(rule.fork->value && rule.fork->value->getType() == EqlParser::FALSE);
  item.keys = BuildKeys(rule.keys);
  if (rule.runs) BuildRuns(*rule.runs, item);
  if (rule.alias) item.alias = TextOf(rule.alias->name->start);
  item.span = SpanOf(&rule);
  return item;
}

void Builder::BuildRuns(EqlParser::RunsOptionContext& rule, SequenceItem& item) {
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

std::vector<ExprId> Builder::BuildKeys(EqlParser::ByContext* rule) {
  return rule ? BuildExpressions(rule->keys) : std::vector<ExprId>{};
}

EventFilter Builder::BuildFilter(EqlParser::EventFilterContext& rule) {
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

Pipe Builder::BuildPipe(EqlParser::PipeContext& rule) {
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

// --- expressions ---

std::vector<ExprId> Builder::BuildExpressions(const std::vector<EqlParser::ExpressionContext*>& rules) {
  std::vector<ExprId> ids;
  ids.reserve(rules.size());
  for (EqlParser::ExpressionContext* rule : rules) ids.push_back(BuildExpression(*rule));
  return ids;
}

ExprId Builder::BuildExpression(EqlParser::ExpressionContext& rule) {
  if (rule.operands.size() == 1) return BuildConjunction(*rule.operands[0]);
  std::vector<ExprId> operands;
  for (EqlParser::ConjunctionContext* operand : rule.operands) operands.push_back(BuildConjunction(*operand));
  return Add(SpanOf(&rule), Or{operands}, operands);
}

ExprId Builder::BuildConjunction(EqlParser::ConjunctionContext& rule) {
  if (rule.operands.size() == 1) return BuildInversion(*rule.operands[0]);
  std::vector<ExprId> operands;
  for (EqlParser::InversionContext* operand : rule.operands) operands.push_back(BuildInversion(*operand));
  return Add(SpanOf(&rule), And{operands}, operands);
}

ExprId Builder::BuildInversion(EqlParser::InversionContext& rule) {
  ExprId id = BuildComparison(*rule.operand);
  for (auto word = rule.nots.rbegin(); word != rule.nots.rend(); ++word) {
    id = Add(SpanOf(*word, rule.stop), Not{id}, {id});
  }
  return id;
}

ExprId Builder::BuildComparison(EqlParser::ComparisonContext& rule) {
  const ExprId left = BuildSum(*rule.left);
  if (!rule.op) return left;
  const ExprId right = BuildSum(*rule.right);
  return Add(SpanOf(&rule), Compare{CompareOpOf(rule.op->getType()), SpanOf(rule.op), left, right}, {left, right});
}

ExprId Builder::BuildSum(EqlParser::SumContext& rule) {
  ExprId left = BuildProduct(*rule.operands[0]);
  for (size_t i = 0; i < rule.ops.size(); ++i) {
    const ExprId right = BuildProduct(*rule.operands[i + 1]);
    const Span span = SpanOf(rule.start, rule.operands[i + 1]->stop);
    left = Add(span, Arith{ArithOpOf(rule.ops[i]->getType()), left, right}, {left, right});
  }
  return left;
}

ExprId Builder::BuildProduct(EqlParser::ProductContext& rule) {
  ExprId left = BuildFactor(*rule.operands[0]);
  for (size_t i = 0; i < rule.ops.size(); ++i) {
    const ExprId right = BuildFactor(*rule.operands[i + 1]);
    const Span span = SpanOf(rule.start, rule.operands[i + 1]->stop);
    left = Add(span, Arith{ArithOpOf(rule.ops[i]->getType()), left, right}, {left, right});
  }
  return left;
}

ExprId Builder::BuildFactor(EqlParser::FactorContext& rule) {
  ExprId id = BuildPredicated(*rule.operand);
  for (auto sign = rule.signs.rbegin(); sign != rule.signs.rend(); ++sign) {
    const UnaryOp op = (*sign)->getType() == EqlParser::MINUS ? UnaryOp::kMinus : UnaryOp::kPlus;
    id = Add(SpanOf(*sign, rule.stop), Unary{op, id}, {id});
  }
  return id;
}

ExprId Builder::BuildPredicated(EqlParser::PredicatedContext& rule) {
  const ExprId operand = BuildPrimary(*rule.operand);
  std::vector<ExprId> children{operand};
  if (EqlParser::InPredicateContext* in = rule.membership) {
    std::vector<ExprId> items = BuildExpressions(in->items);
    children.insert(children.end(), items.begin(), items.end());
    const bool insensitive = in->op->getType() == EqlParser::IN_INSENSITIVE;
    return Add(SpanOf(&rule), In{operand, std::move(items), insensitive, in->negated != nullptr}, children);
  }
  if (EqlParser::PatternPredicateContext* pattern = rule.pattern) {
    std::vector<ExprId> items;
    for (EqlParser::ConstantContext* item : pattern->items) items.push_back(BuildConstant(*item));
    children.insert(children.end(), items.begin(), items.end());
    const PatternOp op = PatternOpOf(pattern->op->getType());
    return Add(SpanOf(&rule), Pattern{op, operand, std::move(items), pattern->list != nullptr}, children);
  }
  return operand;
}

ExprId Builder::BuildPrimary(EqlParser::PrimaryContext& rule) {
  if (rule.value) return BuildConstant(*rule.value);
  if (rule.ref) return BuildReference(*rule.ref);
  return BuildExpression(*rule.inner);
}

ExprId Builder::BuildReference(EqlParser::ReferenceContext& rule) {
  if (rule.args) return BuildCall(rule);
  if (rule.filter) return BuildLineage(rule);
  return Add(SpanOf(&rule), BuildField(rule));
}

ExprId Builder::BuildCall(EqlParser::ReferenceContext& rule) {
  Call call;
  call.name = TextOf(rule.start);
  call.insensitive = rule.tilde != nullptr;
  if (call.insensitive) call.name.pop_back();
  call.name_span = SpanOf(rule.start);
  call.args = BuildExpressions(rule.args->items);
  const std::vector<ExprId> children = call.args;
  return Add(SpanOf(&rule), std::move(call), children);
}

ExprId Builder::BuildLineage(EqlParser::ReferenceContext& rule) {
  const std::string_view word = TextOf(rule.start);
  LineageTerm term;
  term.kind = word == "child" ? Lineage::kChild : word == "event" ? Lineage::kEvent : Lineage::kDescendant;
  if (term.kind == Lineage::kDescendant && word != "descendant") {
    sink_.Report(Code::kSyntaxError, SpanOf(rule.start),
                 fmt::format("mismatched input '{}' expecting {{'child', 'descendant', 'event'}}", word));
  }
  term.filter = BuildFilter(*rule.filter);
  const ExprId condition = term.filter.condition;
  return Add(SpanOf(&rule), std::move(term), {condition});
}

FieldRef Builder::BuildField(EqlParser::ReferenceContext& rule) {
  FieldRef field;
  EqlParser::FieldTailContext* rest = rule.rest;
  if (rule.path) {
    field.optional = true;
    field.path = PartOf(*rule.path->head);
    rest = rule.path->tail;
  } else if (rule.variable) {
    field.variable = true;
    field.path = TextOf(rule.variable).substr(1);
  } else if (rule.quoted) {
    field.path = UnquoteIdentifier(TextOf(rule.quoted));
  } else {
    field.path = TextOf(rule.start);
  }
  for (EqlParser::PathPartContext* part : rest->parts) field.path += "." + PartOf(*part);
  field.subscripted = !rest->subscripts.empty();
  return field;
}

ExprId Builder::BuildConstant(EqlParser::ConstantContext& rule) {
  const Span span = SpanOf(&rule);
  if (rule.truth) return Add(span, BoolLiteral{rule.truth->getType() == EqlParser::TRUE});
  if (rule.number) {
    const std::optional<Number> number = ParseNumber(TokenOf(rule.number), sink_);
    if (number) return std::visit([&](auto literal) { return Add(span, literal); }, *number);
  } else if (rule.text) {
    std::optional<StringLiteral> text = ParseString(TokenOf(rule.start), sink_);
    if (text) return Add(span, std::move(*text));
  }
  return Add(span, NullLiteral{});  // `null`, or the place of a literal that was reported
}

}  // namespace

std::optional<Ast> BuildAst(EqlParser::StatementContext& statement, std::string_view text, DiagnosticSink& sink) {
  return Builder(text, sink).Build(statement);
}

std::optional<Ast> BuildAst(EqlParser::BareExpressionContext& expression, std::string_view text, DiagnosticSink& sink) {
  return Builder(text, sink).Build(expression);
}

}  // namespace eqlc
