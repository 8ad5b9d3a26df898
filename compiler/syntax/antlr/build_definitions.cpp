// Macros and constants of python-eql: what a query defines before its statement, and what stands for them in it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/syntax/antlr/ast_builder.h"
#include "eqlc/limits.hpp"

namespace eqlc::parse_tree {
namespace {

// Macros inside macros. A body may nest as deep as a query, on the same stack.
constexpr uint32_t kMaxMacroDepth = 8;
// Nodes of a query with all macros expanded.
constexpr size_t kMaxExpandedNodes = limits::kMaxQueryTokens;

}  // namespace

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
  Macro macro{{}, rule.body};
  for (EqlParser::IdentifierContext* param : rule.params) macro.params.emplace_back(TextOf(param->start));
  macros_.emplace(name, std::move(macro));
}

// A parameter of the macro being expanded, or a constant.
std::optional<ExprId> AstBuilder::BuildName(EqlParser::ReferenceContext& rule) {
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

std::optional<ExprId> AstBuilder::ExpandMacro(EqlParser::ReferenceContext& rule) {
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

ExprId AstBuilder::Expand(const Macro& macro, const std::vector<EqlParser::ExpressionContext*>& values, Span span) {
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

}  // namespace eqlc::parse_tree
