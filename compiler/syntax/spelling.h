// How the leaves of an AST are written: operators, names, literals. What is written here lexes back to the same value.
// Tested by tests/unit/compiler/syntax/print_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/ast.h"

namespace eqlc {

std::string_view SpellingOf(ast::CompareOp op);
std::string_view SpellingOf(ast::ArithOp op);
std::string_view SpellingOf(ast::UnaryOp op);
std::string_view SpellingOf(ast::PatternOp op);
std::string_view SpellingOf(ast::Lineage kind);

// A string with its quotes; control characters become escapes. One in raw quotes that ends in a backslash lexes back
// where no other such quote follows on its line. REQUIRES: a value in raw quotes came from such a string.
std::string SpellString(std::string_view value, ast::Quotes quotes);

// The shortest decimal number that reads back as `value`; has a point or an exponent. REQUIRES: finite, not negative.
std::string SpellDouble(double value);

// Components that are no identifiers, or are keywords, get back-quotes. Where a subscript stood is lost: `a[0].b` is
// spelt `a.b[0]`.
std::string SpellField(const ast::FieldRef& field);

}  // namespace eqlc
