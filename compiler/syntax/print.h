// Prints an AST as query text that parses back to an equal AST, and as an indented tree for `dump --stage=ast`.
#pragma once

#include <string>

#include "compiler/syntax/ast.h"

namespace eqlc {

std::string PrintQuery(const ast::Ast& ast);
std::string PrintExpr(const ast::Ast& ast, ast::ExprId id);
std::string DumpAst(const ast::Ast& ast);

// Equal but for spans and node numbering.
bool EqualAst(const ast::Ast& a, const ast::Ast& b);

}  // namespace eqlc
