// Parse: query text to AST. The only door to ANTLR.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "eqlc/compile.hpp"

namespace eqlc {

// How a query is read before the grammar sees it.
enum class Syntax : uint8_t {
  kUnion,   // as it stands
  kPython,  // as python-eql's: `=` compares, `x:f()` calls, lists may end in a comma, comments do not nest, `in`
            // belongs to a whole sum, a query may be pipes alone, macros and constants are expanded
};
inline Syntax SyntaxOf(Dialect dialect) { return dialect == Dialect::kPython ? Syntax::kPython : Syntax::kUnion; }

// Parses one query (union grammar). Reports syntax errors to `sink` and then returns nothing; reports at most a handful
// per query. Input beyond the limits of limits.hpp is refused before ANTLR sees it.
// Uses up to kMaxQueryNesting levels of native stack: call it on a thread with kParserStackBytes (support/big_stack.h).
// Thread-safety: safe from several threads.
std::optional<ast::Ast> Parse(std::string_view query, DiagnosticSink& sink, Syntax syntax = Syntax::kUnion);

// Parses an expression on its own; the result is that of `any where expression`.
std::optional<ast::Ast> ParseExpression(std::string_view expression, DiagnosticSink& sink,
                                        Syntax syntax = Syntax::kUnion);

}  // namespace eqlc
