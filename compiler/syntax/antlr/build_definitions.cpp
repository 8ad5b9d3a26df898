// Macros and constants of python-eql: what a query defines before its statement, and what stands for them in it.
#include <fmt/format.h>

#include <utility>

#include "compiler/syntax/antlr/ast_builder.h"
#include "compiler/syntax/antlr/shown_text.h"
#include "eqlc/limits.hpp"

namespace eqlc::parse_tree {

void AstBuilder::Define(EqlParser::DefinitionContext& rule) {
  const std::string name(TextOf(rule.name->start));
  if (macros_.contains(name) || constants_.contains(name)) {
    sink_.Report(Code::kSyntaxError, SpanOf(rule.name), fmt::format("`{}` is defined twice", name));
    return;
  }
  if (rule.value) {
    constants_.emplace(name, rule.value);
    return;
  }
  Macro macro{{}, rule.params.size(), rule.body};
  for (EqlParser::IdentifierContext* param : rule.params)
    macro.params.emplace(TextOf(param->start), macro.params.size());
  macros_.emplace(name, std::move(macro));
}

// A parameter of the macro being expanded, with or without a path behind it, or a constant.
std::optional<ExprId> AstBuilder::BuildName(EqlParser::ReferenceContext& rule) {
  if (!rule.word && !rule.quoted) return std::nullopt;
  const std::string name = rule.word ? std::string(TextOf(rule.start)) : UnquoteIdentifier(TextOf(rule.quoted));
  const bool plain = rule.rest->parts.empty() && rule.rest->subscripts.empty();
  if (arguments_ != nullptr) {
    const auto param = arguments_->macro->params.find(name);
    if (param != arguments_->macro->params.end()) {
      EqlParser::ExpressionContext& argument = *(*arguments_->values)[param->second];
      const ExprId value = BuildArgument(argument, SpanOf(&rule));
      if (!plain) Extend(value, argument, rule);
      return value;
    }
  }
  if (!plain) return std::nullopt;
  const auto constant = constants_.find(name);
  if (constant == constants_.end()) return std::nullopt;
  if (!MaySubstitute(*constant->second, SpanOf(&rule))) return Add(SpanOf(&rule), NullLiteral{});
  return BuildConstant(*constant->second);
}

ExprId AstBuilder::BuildArgument(EqlParser::ExpressionContext& argument, Span place) {
  if (!MaySubstitute(argument, place)) return Add(place, NullLiteral{});
  const Arguments* used = std::exchange(arguments_, arguments_->outer);
  const ExprId value = BuildExpression(argument);
  arguments_ = used;
  return value;
}

// `x.y[0]` where x is a parameter: the path goes on behind the field that x stands for.
void AstBuilder::Extend(ExprId value, EqlParser::ExpressionContext& argument, EqlParser::ReferenceContext& rule) {
  if (auto* field = std::get_if<FieldRef>(&ast_.exprs[value.value].node)) return AddTail(*rule.rest, *field);
  if (expansion_stopped_) return;
  sink_.Report(Code::kSyntaxError, SpanOf(&argument),
               fmt::format("Invalid expansion: the macro has `{}`, and [{}] is no field", TextOf(&rule),
                           ShownText(TextOf(&argument))));
}

std::optional<ExprId> AstBuilder::ExpandMacro(EqlParser::ReferenceContext& rule) {
  const auto macro = macros_.find(TextOf(rule.start));
  if (!rule.word || macro == macros_.end()) return std::nullopt;
  // A body knows only what was defined before it.
  if (arguments_ != nullptr && macro->second.body->start->getStartIndex() >= rule.start->getStartIndex()) {
    return std::nullopt;
  }
  if (rule.args->items.size() != macro->second.arity) {
    sink_.Report(Code::kBadArity, SpanOf(&rule),
                 fmt::format("the macro [{}] takes {} arguments and gets {}", macro->first, macro->second.arity,
                             rule.args->items.size()));
    return Add(SpanOf(&rule), NullLiteral{});
  }
  return Expand(macro->second, rule.args->items, SpanOf(&rule));
}

ExprId AstBuilder::Expand(const Macro& macro, const std::vector<EqlParser::ExpressionContext*>& values, Span span) {
  // A body may nest as deep as a query, on the same stack.
  if (macro_depth_ == limits::kMaxMacroDepth) {
    StopExpanding(Code::kNestedTooDeep, span,
                  fmt::format("macros are nested deeper than {} levels", limits::kMaxMacroDepth));
  }
  if (!MaySubstitute(*macro.body, span)) return Add(span, NullLiteral{});
  ++macro_depth_;
  const Arguments arguments{&macro, &values, arguments_};
  const Arguments* const before = std::exchange(arguments_, &arguments);
  const ExprId body = BuildExpression(*macro.body);
  arguments_ = before;
  --macro_depth_;
  return body;
}

// Every use copies what a name stands for, and uses inside of that multiply. The text bounds memory, too: a node may be
// a long string.
bool AstBuilder::MaySubstitute(ParserRuleContext& value, Span place) {
  const Span text = SpanOf(&value);
  expanded_bytes_ += text.end - text.begin;
  if (ast_.exprs.size() > limits::kMaxExpandedNodes || expanded_bytes_ > limits::kMaxExpandedBytes) {
    StopExpanding(Code::kQueryTooLarge, place,
                  fmt::format("the query is too large with macros and constants expanded (at most {} operands and "
                              "operators, and {} bytes put in)",
                              limits::kMaxExpandedNodes, limits::kMaxExpandedBytes));
  }
  return !expansion_stopped_;
}

void AstBuilder::StopExpanding(Code code, Span place, std::string message) {
  if (!expansion_stopped_) sink_.Report(code, place, std::move(message));
  expansion_stopped_ = true;
}

}  // namespace eqlc::parse_tree
