// What a dialect forbids, and what is not built yet (docs/semantics.md sections 2.7 and 9).
// Tested by tests/unit/compiler/sema/check_dialect_test.cpp.
#include <fmt/format.h>

#include "compiler/sema/checker.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/spelling.h"

namespace eqlc::sema {
// Another meaning of nearly every operator: nothing of such a query could be trusted.
bool Checker::CheckDialect() {
  if (dialect_ != Dialect::kPython) return true;
  ReportNotBuilt(ast_.query.span, "the dialect python");
  return false;
}

void Checker::ReportNotInDialect(Span span, std::string message, std::string_view construct, std::string_view dialect) {
  sink_.Report(Code::kNotInDialect, span, std::move(message))
      .hints.push_back(fmt::format("{} belongs to the dialect {}", construct, dialect));
}

void Checker::ReportNotBuilt(Span span, std::string_view construct) {
  sink_.Report(Code::kNotSupportedYet, span, fmt::format("{} is not supported yet", construct));
}

void Checker::RefuseLineage(const ast::LineageTerm& term, Span span) {
  const bool endpoint_has_it = term.kind == ast::Lineage::kDescendant;
  ReportNotInDialect(span, "Process relationships are not supported", fmt::format("`{} of`", SpellingOf(term.kind)),
                     endpoint_has_it ? "endpoint" : "python");
}

void Checker::RefuseQuotes(ast::Quotes quotes, Span span) {
  if (quotes == ast::Quotes::kStandard) return;
  ReportNotInDialect(span, std::string(LegacyQuotesMessage(quotes)), "this form of string", "python");
}

void Checker::RefuseItemOptions(const ast::SequenceItem& item) {
  if (item.fork) {
    ReportNotInDialect(item.span, "Sequence option [fork] is not supported", "`fork`", "python");
  }
  if (!item.alias.empty() && dialect_ == Dialect::kElastic) {
    ReportNotInDialect(item.span, fmt::format("Item aliases are not supported; found [as {}]", item.alias),
                       fmt::format("`as {}`", item.alias), "endpoint");
  }
}

}  // namespace eqlc::sema
