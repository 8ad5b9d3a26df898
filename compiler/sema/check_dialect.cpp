// What a dialect forbids, and what is not built yet (docs/semantics.md sections 2.7 and 9).
// Tested by tests/unit/compiler/sema/check_dialect_test.cpp.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/sema/checker.h"
#include "compiler/sema/children.h"
#include "compiler/syntax/literals.h"

namespace eqlc::sema {
namespace {

std::string_view LineageText(ast::Lineage lineage) {
  switch (lineage) {
    case ast::Lineage::kChild:
      return "child of";
    case ast::Lineage::kDescendant:
      return "descendant of";
    case ast::Lineage::kEvent:
      return "event of";
  }
  return {};
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

void Checker::ReportNotInDialect(Span span, std::string message, std::string_view construct, std::string_view dialect) {
  sink_.Report(Code::kNotInDialect, span, std::move(message))
      .hints.push_back(fmt::format("{} belongs to the dialect {}", construct, dialect));
}

void Checker::ReportNotBuilt(Span span, std::string_view construct) {
  sink_.Report(Code::kNotSupportedYet, span, fmt::format("{} is not supported yet", construct));
}

// Marks what stands below an array search: its variables are refused with it, not one by one.
void Checker::FindVariables() {
  below_array_search_.assign(ast_.exprs.size(), false);
  for (uint32_t i = static_cast<uint32_t>(ast_.exprs.size()); i-- > 0;) {
    const auto* call = std::get_if<ast::Call>(&ast_.exprs[i].node);
    if (!below_array_search_[i] && (call == nullptr || !IsArraySearch(*call))) continue;
    ForEachChild(ast_.exprs[i], [this](ast::ExprId child) { below_array_search_[child.value] = true; });
  }
}

void Checker::FindAliases() {
  const auto* sequence = std::get_if<ast::Sequence>(&ast_.query.body);
  if (sequence == nullptr || dialect_ != Dialect::kEndpoint) return;
  for (const ast::SequenceItem& item : sequence->items) {
    if (!item.alias.empty()) aliases_.push_back(item.alias);
  }
}

bool Checker::IsAliasReference(const ast::FieldRef& field) const {
  const size_t dot = field.path.find('.');
  if (dot == std::string::npos) return false;
  return std::ranges::find(aliases_, std::string_view(field.path).substr(0, dot)) != aliases_.end();
}

void Checker::RefuseVariable(const ast::FieldRef& field, Span span) {
  if (dialect_ == Dialect::kEndpoint) return ReportNotBuilt(span, fmt::format("the variable `${}`", field.path));
  ReportNotInDialect(span, "Variables are not supported", fmt::format("the variable `${}`", field.path), "endpoint");
}

bool Checker::IsArraySearch(const ast::Call& call) const {
  return std::ranges::equal(call.name, std::string_view("_arraysearch"), {}, Lower);
}

void Checker::RefuseArraySearch(const ast::Call& call) {
  if (dialect_ == Dialect::kEndpoint) return ReportNotBuilt(call.name_span, fmt::format("`{}`", call.name));
  ReportNotInDialect(call.name_span, fmt::format("Unknown function [{}]", call.name), fmt::format("`{}`", call.name),
                     "endpoint");
}

void Checker::RefuseLineage(const ast::LineageTerm& term, Span span) {
  const std::string construct = fmt::format("`{}`", LineageText(term.kind));
  const bool endpoint_has_it = term.kind == ast::Lineage::kDescendant;
  if (dialect_ == Dialect::kEndpoint && endpoint_has_it) return ReportNotBuilt(span, construct);
  ReportNotInDialect(span, "Process relationships are not supported", construct,
                     endpoint_has_it ? "endpoint" : "python");
}

void Checker::RefuseQuotes(ast::Quotes quotes, Span span) {
  if (quotes == ast::Quotes::kStandard) return;
  ReportNotInDialect(span, std::string(LegacyQuotesMessage(quotes)), "this form of string", "python");
}

void Checker::RefuseItemOptions(const ast::SequenceItem& item) {
  if (item.fork) {
    ReportNotInDialect(item.span, "Unrecognized option [fork], expecting [runs]", "`fork`", "python");
  }
  if (!item.alias.empty() && dialect_ == Dialect::kElastic) {
    ReportNotInDialect(item.span, fmt::format("Item aliases are not supported; found [as {}]", item.alias),
                       fmt::format("`as {}`", item.alias), "endpoint");
  }
}

}  // namespace eqlc::sema
