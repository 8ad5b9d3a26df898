// The tokens of a query in python-eql's syntax, turned into those of the one grammar (grammar/README.md). Doing it here
// leaves the grammar, and what it says about faults in queries of other dialects, as they are.
// Tested by tests/unit/compiler/syntax/python_syntax_test.cpp.
#pragma once

#include "compiler/syntax/antlr/token_reader.h"

namespace eqlc {

//   a = 1                 a == 1; not the `=` of an option
//   f(a, b,)              LAST_COMMA for the `,`
//   a:length()            METHOD for the `:`
//   | head 5              any where true | head 5
//   macro F(x) ...        MACRO and CONST for the words, when the query begins with a definition
void ReadAsPython(TokenList& list);

}  // namespace eqlc
