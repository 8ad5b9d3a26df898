#include "compiler/syntax/antlr/build_ast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <functional>
#include <map>
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

// The number in `[ 3 ]`; one that no list has when it does not fit.
uint64_t IndexOf(std::string_view subscript) {
  subscript.remove_prefix(std::min(subscript.find_first_of("0123456789"), subscript.size()));
  uint64_t index = 0;
  const auto parsed = std::from_chars(subscript.data(), subscript.data() + subscript.size(), index);
  return parsed.ec == std::errc{} ? index : UINT64_MAX;
}

// A macro of python-eql. Its body sees the definitions before it, so that expansion ends.
struct Macro {
  std::vector<std::string> params;
  EqlParser::ExpressionContext* body;
};

// What the parameters of the macro that is being expanded stand for: expressions of the place where it is used.
struct Arguments {
  const Macro* macro;
  const std::vector<EqlParser::ExpressionContext*>* values;
  const Arguments* outer;  // at the place of use
};

// Macros inside macros. A body may nest as deep as a query, on the same stack.
constexpr uint32_t kMaxMacroDepth = 8;
// Nodes of a query with all macros expanded.
constexpr size_t kMaxExpandedNodes = limits::kMaxQueryTokens;

// Builds nodes bottom-up, so that children have smaller ids than their parents.
class Builder {
 public:
  Builder(std::string_view text, Syntax syntax, DiagnosticSink& sink)
      : text_(text), python_(syntax == Syntax::kPython), sink_(sink) {}

  std::optional<Ast> Build(EqlParser::StatementContext& statement);
  std::optional<Ast> Build(EqlParser::BareExpressionContext& expression);

 private:
  // Definitions.
  void Define(EqlParser::DefinitionContext& rule);
  std::optional<ExprId> BuildName(EqlParser::ReferenceContext& rule);
  std::optional<ExprId> ExpandMacro(EqlParser::ReferenceContext& rule);
  ExprId Expand(const Macro& macro, const std::vector<EqlParser::ExpressionContext*>& values, Span span);

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

  std::string_view TextOf(Token* token) const {
    const Span span = SpanOf(token);
    return text_.substr(span.begin, span.end - span.begin);
  }
  TokenText TokenOf(Token* token) const { return {TextOf(token), SpanOf(token)}; }
  std::string PartOf(EqlParser::PathPartContext& rule) const {
    return rule.word ? std::string(TextOf(rule.start)) : UnquoteIdentifier(TextOf(rule.quoted));
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
  std::vector<uint32_t> depths_;  // of the tree below each node, itself included
  bool too_deep_ = false;
};

std::optional<Ast> Builder::Build(EqlParser::StatementContext& statement) {
  const size_t errors = sink_.error_count();
  for (EqlParser::DefinitionContext* definition : statement.definitions) Define(*definition);
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

// --- definitions ---

void Builder::Define(EqlParser::DefinitionContext& rule) {
  const std::string name(TextOf(rule.name->start));
  if (macros_.contains(name) || constants_.contains(name)) {
    sink_.Report(Code::kSyntaxError, SpanOf(rule.name), fmt::format("`{}` is defined twice", name));
    return;
  }
  if (rule.value) {
    constants_.emplace(name, rule.value);
    return;
  }
  Macro macro{{}, rule.body};
  for (EqlParser::IdentifierContext* param : rule.params) macro.params.emplace_back(TextOf(param->start));
  macros_.emplace(name, std::move(macro));
}

// A parameter of the macro being expanded, or a constant.
std::optional<ExprId> Builder::BuildName(EqlParser::ReferenceContext& rule) {
  if (!rule.word || !rule.rest->parts.empty() || !rule.rest->subscripts.empty()) return std::nullopt;
  const std::string_view name = TextOf(rule.start);
  if (arguments_ != nullptr) {
    const std::vector<std::string>& params = arguments_->macro->params;
    const auto at = std::find(params.begin(), params.end(), name);
    if (at != params.end()) {
      const Arguments* used = std::exchange(arguments_, arguments_->outer);
      const ExprId value = BuildExpression(*(*used->values)[static_cast<size_t>(at - params.begin())]);
      arguments_ = used;
      return value;
    }
  }
  const auto constant = constants_.find(name);
  if (constant == constants_.end()) return std::nullopt;
  return BuildConstant(*constant->second);
}

std::optional<ExprId> Builder::ExpandMacro(EqlParser::ReferenceContext& rule) {
  const auto macro = macros_.find(TextOf(rule.start));
  if (!rule.word || macro == macros_.end()) return std::nullopt;
  // A body knows only what was defined before it.
  if (arguments_ != nullptr && macro->second.body->start->getStartIndex() >= rule.start->getStartIndex()) {
    return std::nullopt;
  }
  if (rule.args->items.size() != macro->second.params.size()) {
    sink_.Report(Code::kBadArity, SpanOf(&rule),
                 fmt::format("the macro [{}] takes {} arguments and gets {}", macro->first, macro->second.params.size(),
                             rule.args->items.size()));
    return Add(SpanOf(&rule), NullLiteral{});
  }
  return Expand(macro->second, rule.args->items, SpanOf(&rule));
}

ExprId Builder::Expand(const Macro& macro, const std::vector<EqlParser::ExpressionContext*>& values, Span span) {
  if (macro_depth_ == kMaxMacroDepth || ast_.exprs.size() > kMaxExpandedNodes) {
    if (sink_.error_count() == 0) {
      sink_.Report(Code::kNestedTooDeep, span, "macros nested too deep, or the query too large with them expanded");
    }
    return Add(span, NullLiteral{});
  }
  ++macro_depth_;
  const Arguments arguments{&macro, &values, arguments_};
  const Arguments* const before = std::exchange(arguments_, &arguments);
  const ExprId body = BuildExpression(*macro.body);
  arguments_ = before;
  --macro_depth_;
  return body;
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
  item.has_fork = rule.fork != nullptr;
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
  if (python_) return BuildPythonComparison(rule);
  const ExprId left = BuildSum(*rule.left);
  if (!rule.op) return left;
  const ExprId right = BuildSum(*rule.right);
  return Add(SpanOf(&rule), Compare{CompareOpOf(rule.op->getType()), SpanOf(rule.op), left, right}, {left, right});
}

// A predicate behind the last operand of a sum belongs to the whole sum; anywhere else it is a fault.
ExprId Builder::BuildPythonComparison(EqlParser::ComparisonContext& rule) {
  EqlParser::PredicatedContext* predicate = TakePredicate(*rule.left);
  const ExprId left = BuildSum(*rule.left);
  if (!rule.op) return predicate ? BuildPredicate(left, SpanOf(&rule), *predicate) : left;
  if (predicate) ReportUnexpected(rule.op);
  if (EqlParser::PredicatedContext* behind = TakePredicate(*rule.right)) {
    ReportUnexpected(behind->membership ? behind->membership->start : behind->pattern->start);
  }
  const ExprId right = BuildSum(*rule.right);
  return Add(SpanOf(&rule), Compare{CompareOpOf(rule.op->getType()), SpanOf(rule.op), left, right}, {left, right});
}

// The last operand, if it has a predicate; reports those of other operands.
EqlParser::PredicatedContext* Builder::TakePredicate(EqlParser::SumContext& rule) {
  EqlParser::PredicatedContext* last = nullptr;
  for (EqlParser::ProductContext* product : rule.operands) {
    for (EqlParser::FactorContext* factor : product->operands) {
      if (last) ReportUnexpected(factor->start);
      EqlParser::PredicatedContext* operand = factor->operand;
      last = operand->membership || operand->pattern ? operand : nullptr;
    }
  }
  return last;
}

void Builder::ReportUnexpected(Token* token) {
  sink_.Report(Code::kSyntaxError, SpanOf(token), fmt::format("mismatched input '{}'", TextOf(token)));
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
  if (python_ && rule.signs.size() > 1) ReportUnexpected(rule.signs[1]);
  ExprId id = BuildPredicated(*rule.operand);
  for (auto sign = rule.signs.rbegin(); sign != rule.signs.rend(); ++sign) {
    const UnaryOp op = (*sign)->getType() == EqlParser::MINUS ? UnaryOp::kMinus : UnaryOp::kPlus;
    id = Add(SpanOf(*sign, rule.stop), Unary{op, id}, {id});
  }
  return id;
}

ExprId Builder::BuildPredicated(EqlParser::PredicatedContext& rule) {
  ExprId operand = BuildPrimary(*rule.operand);
  for (EqlParser::MethodContext* method : rule.methods) operand = BuildMethod(operand, rule.start, *method);
  return python_ ? operand : BuildPredicate(operand, SpanOf(&rule), rule);
}

// The operand itself when the rule has no predicate.
ExprId Builder::BuildPredicate(ExprId operand, Span span, EqlParser::PredicatedContext& rule) {
  std::vector<ExprId> children{operand};
  if (EqlParser::InPredicateContext* in = rule.membership) {
    std::vector<ExprId> items = BuildExpressions(in->items);
    children.insert(children.end(), items.begin(), items.end());
    const bool insensitive = in->op->getType() == EqlParser::IN_INSENSITIVE;
    return Add(span, In{operand, std::move(items), insensitive, in->negated != nullptr}, children);
  }
  if (EqlParser::PatternPredicateContext* pattern = rule.pattern) {
    std::vector<ExprId> items;
    for (EqlParser::ConstantContext* item : pattern->items) items.push_back(BuildConstant(*item));
    children.insert(children.end(), items.begin(), items.end());
    const PatternOp op = PatternOpOf(pattern->op->getType());
    return Add(span, Pattern{op, operand, std::move(items), pattern->list != nullptr}, children);
  }
  return operand;
}

ExprId Builder::BuildPrimary(EqlParser::PrimaryContext& rule) {
  if (rule.value) return BuildConstant(*rule.value);
  if (rule.ref) return BuildReference(*rule.ref);
  return BuildExpression(*rule.inner);
}

ExprId Builder::BuildMethod(ExprId operand, Token* start, EqlParser::MethodContext& rule) {
  Call call;
  call.name = TextOf(rule.name->start);
  call.name_span = SpanOf(rule.name);
  call.args = BuildExpressions(rule.args->items);
  call.args.insert(call.args.begin(), operand);
  const std::vector<ExprId> children = call.args;
  return Add(SpanOf(start, rule.stop), std::move(call), children);
}

ExprId Builder::BuildReference(EqlParser::ReferenceContext& rule) {
  if (rule.args) {
    const std::optional<ExprId> expanded = ExpandMacro(rule);
    return expanded ? *expanded : BuildCall(rule);
  }
  if (rule.filter) return BuildLineage(rule);
  if (const std::optional<ExprId> named = python_ ? BuildName(rule) : std::nullopt) return *named;
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
  AddTail(*rest, field);
  return field;
}

// Parts and subscripts in the order in which they stand.
void Builder::AddTail(EqlParser::FieldTailContext& rest, FieldRef& field) {
  field.subscripted = !rest.subscripts.empty();
  field.plain_size = field.path.size();
  auto subscript = rest.subscripts.begin();
  const auto add_subscripts = [&](size_t before) {
    for (; subscript != rest.subscripts.end() && (*subscript)->getStartIndex() < before; ++subscript) {
      field.steps.push_back({.is_index = true, .index = IndexOf(TextOf(*subscript))});
    }
  };
  for (EqlParser::PathPartContext* part : rest.parts) {
    add_subscripts(part->start->getStartIndex());
    const std::string name = PartOf(*part);
    field.path += "." + name;
    if (field.steps.empty()) {
      field.plain_size = field.path.size();
    } else {
      field.steps.push_back({.name = name});
    }
  }
  add_subscripts(SIZE_MAX);
}

ExprId Builder::BuildConstant(EqlParser::ConstantContext& rule) {
  const Span span = SpanOf(&rule);
  if (rule.truth) return Add(span, BoolLiteral{rule.truth->getType() == EqlParser::TRUE});
  if (rule.number) {
    const std::optional<Number> number = ParseNumber(TokenOf(rule.number), sink_);
    if (number) return std::visit([&](auto literal) { return Add(span, literal); }, *number);
  } else if (rule.text && python_ && rule.start->getType() == EqlParser::RAW_STRING) {
    sink_.Report(Code::kBadString, span, "Invalid string literal")
        .hints.push_back("python-eql writes raw strings as ?\"...\"");
  } else if (rule.text) {
    std::optional<StringLiteral> text = ParseString(TokenOf(rule.start), sink_);
    if (text) return Add(span, std::move(*text));
  }
  return Add(span, NullLiteral{});  // `null`, or the place of a literal that was reported
}

}  // namespace

std::optional<Ast> BuildAst(EqlParser::StatementContext& statement, std::string_view text, Syntax syntax,
                            DiagnosticSink& sink) {
  return Builder(text, syntax, sink).Build(statement);
}

std::optional<Ast> BuildAst(EqlParser::BareExpressionContext& expression, std::string_view text, Syntax syntax,
                            DiagnosticSink& sink) {
  return Builder(text, syntax, sink).Build(expression);
}

}  // namespace eqlc
