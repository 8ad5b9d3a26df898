// The values of literal tokens: strings, numbers, time spans (docs/semantics.md sections 1.4 to 1.6), with
// Elasticsearch's words for what is wrong with them. Each function reports to `sink` and returns nothing when the token
// has no value. Tested by tests/unit/compiler/syntax/literals_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/ast.h"

namespace eqlc {

// A token as it stands in the query.
struct TokenText {
  std::string_view text;
  Span span;
};

// REQUIRES (all): the token was accepted by the lexer as a token of that kind.
std::optional<ast::StringLiteral> ParseString(TokenText token, DiagnosticSink& sink);

using Number = std::variant<ast::IntLiteral, ast::DoubleLiteral>;
std::optional<Number> ParseNumber(TokenText token, DiagnosticSink& sink);

// `5s`: the number and, where present, the word after it. `span` covers both.
std::optional<ast::TimeSpan> ParseTimeSpan(TokenText number, std::optional<TokenText> unit, DiagnosticSink& sink);

// `` `a``b` `` -> a`b
std::string UnquoteIdentifier(std::string_view token);

// What Elasticsearch says to a string in one of python-eql's forms. REQUIRES: quotes != kStandard.
std::string_view LegacyQuotesMessage(ast::Quotes quotes);

}  // namespace eqlc
