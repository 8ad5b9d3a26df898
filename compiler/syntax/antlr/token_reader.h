// Query text to tokens, and the guards that stand before the parser: token count, nesting of brackets, comments that
// do not end. Tested by tests/unit/compiler/syntax/parser_test.cpp and guards_test.cpp.
#pragma once

#include <antlr4-runtime.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/antlr/byte_stream.h"
#include "compiler/syntax/parser.h"

namespace eqlc {

// Text that starts no token.
struct BadToken {
  Span span;
  std::string text;
};

struct TokenList {
  std::vector<std::unique_ptr<antlr4::Token>> tokens;  // without comments and blanks; the last one is EOF
  std::optional<BadToken> bad;                         // the tokens end before it
};

// The tokens of `text` up to its end or to the first text that is no token; nothing when the text was refused (reported
// to `sink`). Tokens refer to `stream`, which reads `text`, and to nothing else.
// ENSURES: at most kMaxQueryTokens tokens, brackets nested at most kMaxQueryNesting deep.
// Linear in the text; uses no native stack. Thread-safety: safe from several threads.
std::optional<TokenList> ReadTokens(ByteStream& stream, std::string_view text, Syntax syntax, DiagnosticSink& sink);

void ReportBadToken(const BadToken& bad, DiagnosticSink& sink);

}  // namespace eqlc
