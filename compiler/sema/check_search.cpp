// Array searches with their variables, and process relations (docs/semantics.md sections 4.3 and 5.12).
// Tested by tests/unit/compiler/sema/check_search_test.cpp.
#include <fmt/format.h>

#include "compiler/sema/checker.h"
#include "compiler/syntax/spelling.h"
#include "eqlc/limits.hpp"
#include "runtime/value/ascii.h"

namespace eqlc::sema {
namespace {

std::string_view NameOf(const ast::FieldRef& variable) {
  return std::string_view(variable.path).substr(0, variable.path.find('.'));
}

}  // namespace

// Rules for endpoints write `_arraysearch`; python-eql calls it `arraySearch`.
bool Checker::IsArraySearch(const ast::Call& call) const {
  const auto is = [&](std::string_view name) { return ascii::EqualFold(call.name, name); };
  return is("_arraysearch") || (dialect_ == Dialect::kEndpoint && is("arraysearch"));
}

void Checker::CheckArraySearch(ast::ExprId id, const ast::Call& call) {
  info(id) = {.type = Type::kBool, .constant = false, .function = nullptr, .array_search = true};
  if (dialect_ != Dialect::kEndpoint) {
    return ReportNotInDialect(call.name_span, fmt::format("Unknown function [{}]", call.name),
                              fmt::format("`{}`", call.name), "endpoint");
  }
  if (call.insensitive) {
    sink_.Report(Code::kNoCaseInsensitiveForm, call.name_span,
                 fmt::format("Function [{}] does not support case-(in)sensitivity", call.name));
  }
  if (call.args.size() != 3) {
    sink_
        .Report(Code::kBadArity, call.name_span,
                fmt::format("error building [{}]: expects exactly three arguments", call.name))
        .hints.push_back(fmt::format("write `{}(array, $element, condition)`", call.name));
    return;
  }
  CheckSearchedArray(id, call);
  const auto* variable = std::get_if<ast::FieldRef>(&ast_[call.args[1]].node);
  if (variable == nullptr || !variable->variable || variable->path.find('.') != std::string::npos) {
    ReportType(Code::kWrongType, id, 1, "a variable", call.args[1])
        .hints.push_back("write a name with `$`: `$element`");
  }
  const Type type = info(call.args[2]).type;
  if (type == Type::kNumber || type == Type::kString) ReportType(Code::kNotBoolean, id, 2, "boolean", call.args[2]);
  if (!places_[id.value].is_condition) ReportNotCondition(id, fmt::format("`{}`", call.name));
  if (SearchesAround(id) >= limits::kMaxArraySearchNesting) {
    sink_.Report(Code::kSearchNesting, call.name_span,
                 fmt::format("array searches cannot be nested more than {} deep", limits::kMaxArraySearchNesting));
  }
}

void Checker::CheckSearchedArray(ast::ExprId id, const ast::Call& call) {
  const auto* array = std::get_if<ast::FieldRef>(&ast_[call.args[0]].node);
  if (array == nullptr) {
    ReportType(Code::kWrongType, id, 0, "a field", call.args[0]);
  } else if (IsAliasReference(*array)) {
    sink_.Report(Code::kBadAlias, ast_[call.args[0]].span, "arrays of another item's event cannot be searched")
        .hints.push_back("search the array in the item that the alias names");
  }
}

uint32_t Checker::SearchesAround(ast::ExprId id) const {
  uint32_t count = 0;
  for (uint32_t s = places_[id.value].search; s != kNoSearch; s = places_[s].search) ++count;
  return count;
}

void Checker::CheckVariable(ast::ExprId id, const ast::FieldRef& field) {
  if (places_[id.value].binds) return;
  const Span span = ast_[id].span;
  if (dialect_ != Dialect::kEndpoint) {
    // Refused with the search that it belongs to.
    if (places_[id.value].search != kNoSearch) return;
    return ReportNotInDialect(span, "Variables are not supported", fmt::format("the variable `${}`", field.path),
                              "endpoint");
  }
  for (uint32_t s = places_[id.value].search; s != kNoSearch; s = places_[s].search) {
    const auto& call = std::get<ast::Call>(ast_.exprs[s].node);
    const auto* variable = std::get_if<ast::FieldRef>(&ast_[call.args[1]].node);
    if (variable != nullptr && variable->variable && variable->path == NameOf(field)) return;
  }
  sink_.Report(Code::kUnknownVariable, span, fmt::format("Unknown variable [${}]", NameOf(field)))
      .hints.push_back("a variable is the second argument of `_arraysearch` and known in the third");
}

void Checker::CheckLineage(ast::ExprId id, const ast::LineageTerm& term) {
  info(id) = {Type::kBool, false, nullptr};
  const Span span = ast_[id].span;
  if (dialect_ != Dialect::kEndpoint || term.kind != ast::Lineage::kDescendant) {
    RefuseLineage(term, span);
  } else if (!places_[id.value].is_condition) {
    ReportNotCondition(id, fmt::format("`{} of`", SpellingOf(term.kind)));
  }
  CheckCondition(term.filter);
}

void Checker::ReportNotCondition(ast::ExprId id, std::string_view construct) {
  sink_.Report(Code::kNotACondition, ast_[id].span, fmt::format("{} cannot be part of a value", construct))
      .hints.push_back("join it to the condition with `and`, `or`, `not`");
}

}  // namespace eqlc::sema
