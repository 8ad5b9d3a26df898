// Query text to tokens, and the guards that stand before the parser: token count, nesting of brackets, comments that
// do not end. Tested by tests/unit/compiler/syntax/parser_test.cpp and guards_test.cpp.
#pragma once

#include <antlr4-runtime.h>

#include <memory>
#include <optional>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/antlr/byte_stream.h"

namespace eqlc {

using TokenList = std::vector<std::unique_ptr<antlr4::Token>>;

// All tokens up to and including EOF, without comments and blanks; nothing when the text was refused (reported to
// `sink`). Tokens refer to `stream` and to nothing else.
// ENSURES: at most kMaxQueryTokens tokens, brackets nested at most kMaxQueryNesting deep.
// Linear in the text; uses no native stack. Thread-safety: safe from several threads.
std::optional<TokenList> ReadTokens(ByteStream& stream, std::string_view text, DiagnosticSink& sink);

}  // namespace eqlc
