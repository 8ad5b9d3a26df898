// Parse tree to AST. Reads the labels of the grammar's rules, so that it need not know what tokens surround them.
// Tested by tests/unit/compiler/syntax/parser_test.cpp.
#pragma once

#include <EqlParser.h>

#include <optional>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/parser.h"

namespace eqlc {

// Nothing when a literal or an option is wrong in itself or the tree would be deeper than kMaxQueryNesting; all of
// those are reported. REQUIRES: the parse had no errors. Recurses as deep as the query's brackets nest.
// `text` is the query.
std::optional<ast::Ast> BuildAst(grammar::EqlParser::StatementContext& statement, std::string_view text, Syntax syntax,
                                 DiagnosticSink& sink);
// The same for an expression on its own, as the condition of `any where ...`.
std::optional<ast::Ast> BuildAst(grammar::EqlParser::BareExpressionContext& expression, std::string_view text,
                                 Syntax syntax, DiagnosticSink& sink);

}  // namespace eqlc
