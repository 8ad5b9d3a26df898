// ANTLR's lexer simulator with its automaton in a table. ANTLR 4.9 takes a lock and looks into a hash map for each
// character; what it computes for a state and a character is the same for all texts, so it is asked once in a thread.
// Tested by tests/unit/compiler/syntax/lexer_simulator_test.cpp.
#pragma once

#include <antlr4-runtime.h>

#include "compiler/syntax/antlr/byte_stream.h"

namespace eqlc {

// Makes `lexer`, an EqlLexer that reads `stream`, decide by a table. Its tokens are the same, but have no line and
// column. REQUIRES: of the grammar, no empty tokens and no predicates in the lexer. Thread-safety: safe from several
// threads, each with a lexer of its own.
void UseTable(antlr4::Lexer& lexer, const ByteStream& stream);

}  // namespace eqlc
