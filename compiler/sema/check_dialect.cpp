// What a dialect forbids (docs/semantics.md sections 2.7 and 9).
// Tested by tests/unit/compiler/sema/check_dialect_test.cpp.
#include <fmt/format.h>

#include "compiler/sema/checker.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/spelling.h"

namespace eqlc::sema {

void Checker::ReportNotInDialect(Span span, std::string message, std::string_view construct, std::string_view dialect) {
  sink_.Report(Code::kNotInDialect, span, std::move(message))
      .hints.push_back(fmt::format("{} belongs to the dialect {}", construct, dialect));
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
    ReportNotInDialect(item.fork_span, "Sequence option [fork] is not supported", "`fork`", "python");
  }
  if (!item.alias.empty() && dialect_ == Dialect::kElastic) {
    ReportNotInDialect(item.alias_span, fmt::format("Item aliases are not supported; found [as {}]", item.alias),
                       fmt::format("`as {}`", item.alias), "endpoint");
  }
}

}  // namespace eqlc::sema
