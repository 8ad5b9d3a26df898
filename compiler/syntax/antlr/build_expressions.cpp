#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <utility>

#include "compiler/syntax/antlr/ast_builder.h"

namespace eqlc::parse_tree {
namespace {

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

}  // namespace

std::vector<ExprId> AstBuilder::BuildExpressions(const std::vector<EqlParser::ExpressionContext*>& rules) {
  std::vector<ExprId> ids;
  ids.reserve(rules.size());
  for (EqlParser::ExpressionContext* rule : rules) ids.push_back(BuildExpression(*rule));
  return ids;
}

ExprId AstBuilder::BuildExpression(EqlParser::ExpressionContext& rule) {
  if (rule.operands.size() == 1) return BuildConjunction(*rule.operands[0]);
  std::vector<ExprId> operands;
  for (EqlParser::ConjunctionContext* operand : rule.operands) operands.push_back(BuildConjunction(*operand));
  return Add(SpanOf(&rule), Or{operands}, operands);
}

ExprId AstBuilder::BuildConjunction(EqlParser::ConjunctionContext& rule) {
  if (rule.operands.size() == 1) return BuildInversion(*rule.operands[0]);
  std::vector<ExprId> operands;
  for (EqlParser::InversionContext* operand : rule.operands) operands.push_back(BuildInversion(*operand));
  return Add(SpanOf(&rule), And{operands}, operands);
}

ExprId AstBuilder::BuildInversion(EqlParser::InversionContext& rule) {
  ExprId id = BuildComparison(*rule.operand);
  for (auto word = rule.nots.rbegin(); word != rule.nots.rend(); ++word) {
    id = Add(SpanOf(*word, rule.stop), Not{id}, {id});
  }
  return id;
}

ExprId AstBuilder::BuildComparison(EqlParser::ComparisonContext& rule) {
  if (python_) return BuildPythonComparison(rule);
  const ExprId left = BuildSum(*rule.left);
  if (!rule.op) return left;
  const ExprId right = BuildSum(*rule.right);
  return Add(SpanOf(&rule), Compare{CompareOpOf(rule.op->getType()), SpanOf(rule.op), left, right}, {left, right});
}

// A predicate behind the last operand of a sum belongs to the whole sum; anywhere else it is a fault.
ExprId AstBuilder::BuildPythonComparison(EqlParser::ComparisonContext& rule) {
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
EqlParser::PredicatedContext* AstBuilder::TakePredicate(EqlParser::SumContext& rule) {
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

void AstBuilder::ReportUnexpected(Token* token) {
  sink_.Report(Code::kSyntaxError, SpanOf(token), fmt::format("mismatched input '{}'", TextOf(token)));
}

ExprId AstBuilder::BuildSum(EqlParser::SumContext& rule) {
  ExprId left = BuildProduct(*rule.operands[0]);
  for (size_t i = 0; i < rule.ops.size(); ++i) {
    const ExprId right = BuildProduct(*rule.operands[i + 1]);
    const Span span = SpanOf(rule.start, rule.operands[i + 1]->stop);
    left = Add(span, Arith{ArithOpOf(rule.ops[i]->getType()), left, right}, {left, right});
  }
  return left;
}

ExprId AstBuilder::BuildProduct(EqlParser::ProductContext& rule) {
  ExprId left = BuildFactor(*rule.operands[0]);
  for (size_t i = 0; i < rule.ops.size(); ++i) {
    const ExprId right = BuildFactor(*rule.operands[i + 1]);
    const Span span = SpanOf(rule.start, rule.operands[i + 1]->stop);
    left = Add(span, Arith{ArithOpOf(rule.ops[i]->getType()), left, right}, {left, right});
  }
  return left;
}

ExprId AstBuilder::BuildFactor(EqlParser::FactorContext& rule) {
  if (python_ && rule.signs.size() > 1) ReportUnexpected(rule.signs[1]);
  EqlParser::PredicatedContext& operand = *rule.operand;
  ExprId id = BuildPrimary(*operand.operand);
  if (!python_) id = BuildPredicate(id, SpanOf(&operand), operand);
  // Python-eql's signs belong to the value that the methods are called of.
  Token* const stop = python_ ? operand.operand->stop : rule.stop;
  for (auto sign = rule.signs.rbegin(); sign != rule.signs.rend(); ++sign) {
    const UnaryOp op = (*sign)->getType() == EqlParser::MINUS ? UnaryOp::kMinus : UnaryOp::kPlus;
    id = Add(SpanOf(*sign, stop), Unary{op, id}, {id});
  }
  for (EqlParser::MethodContext* method : operand.methods) id = BuildMethod(id, rule.start, *method);
  return id;
}

// The operand itself when the rule has no predicate.
ExprId AstBuilder::BuildPredicate(ExprId operand, Span span, EqlParser::PredicatedContext& rule) {
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

ExprId AstBuilder::BuildPrimary(EqlParser::PrimaryContext& rule) {
  if (rule.value) return BuildConstant(*rule.value);
  if (rule.ref) return BuildReference(*rule.ref);
  return BuildExpression(*rule.inner);
}

ExprId AstBuilder::BuildMethod(ExprId operand, Token* start, EqlParser::MethodContext& rule) {
  Call call;
  call.name = TextOf(rule.name->start);
  call.name_span = SpanOf(rule.name);
  call.args = BuildExpressions(rule.args->items);
  call.args.insert(call.args.begin(), operand);
  const std::vector<ExprId> children = call.args;
  return Add(SpanOf(start, rule.stop), std::move(call), children);
}

ExprId AstBuilder::BuildReference(EqlParser::ReferenceContext& rule) {
  if (rule.args) {
    const std::optional<ExprId> expanded = ExpandMacro(rule);
    return expanded ? *expanded : BuildCall(rule);
  }
  if (rule.filter) return BuildLineage(rule);
  if (const std::optional<ExprId> named = python_ ? BuildName(rule) : std::nullopt) return *named;
  return Add(SpanOf(&rule), BuildField(rule));
}

ExprId AstBuilder::BuildCall(EqlParser::ReferenceContext& rule) {
  Call call;
  call.name = TextOf(rule.start);
  call.insensitive = rule.tilde != nullptr;
  if (call.insensitive) call.name.pop_back();
  call.name_span = SpanOf(rule.start);
  call.args = BuildExpressions(rule.args->items);
  const std::vector<ExprId> children = call.args;
  return Add(SpanOf(&rule), std::move(call), children);
}

ExprId AstBuilder::BuildLineage(EqlParser::ReferenceContext& rule) {
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

FieldRef AstBuilder::BuildField(EqlParser::ReferenceContext& rule) {
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
    field.path = NameOf(rule.start);
  }
  AddTail(*rest, field);
  return field;
}

// A word of a field's path.
std::string AstBuilder::NameOf(Token* word) {
  const std::string_view text = TextOf(word);
  if (python_ && (text == "macro" || text == "const")) {
    sink_.Report(Code::kSyntaxError, SpanOf(word), "Invalid use of keyword")
        .hints.push_back(fmt::format("`{}` is a keyword; a field of that name is written in back-quotes", text));
  }
  return std::string(text);
}

// Parts and subscripts in the order in which they stand.
void AstBuilder::AddTail(EqlParser::FieldTailContext& rest, FieldRef& field) {
  field.subscripted |= !rest.subscripts.empty();
  if (field.steps.empty()) field.plain_size = field.path.size();
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

ExprId AstBuilder::BuildConstant(EqlParser::ConstantContext& rule) {
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

}  // namespace eqlc::parse_tree
