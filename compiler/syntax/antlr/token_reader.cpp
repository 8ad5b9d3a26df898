#include "compiler/syntax/antlr/token_reader.h"

#include <EqlLexer.h>
#include <fmt/format.h>

#include <string>

#include "compiler/syntax/antlr/lexer_simulator.h"
#include "compiler/syntax/antlr/shown_text.h"
#include "eqlc/limits.hpp"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

using grammar::EqlLexer;

// What may have been meant by text that starts no token; empty if there is nothing to say.
std::string HintFor(std::string_view bad) {
  if (bad.starts_with('&')) return "use `and`";
  if (bad.starts_with('!')) return "use `not`";
  if (bad.starts_with('~')) return "`~` follows the function's name without a blank";
  if (bad.starts_with(';')) return "a query does not end with a semicolon";
  if (bad.starts_with('`')) return "the name has no closing back-quote";
  if (bad.starts_with("“") || bad.starts_with("”")) return "use straight double quotes [\"]";
  if (bad.starts_with("‘") || bad.starts_with("’")) return "use straight double quotes [\"]";
  if (bad.starts_with('"') || bad.starts_with('\'')) {
    if (bad.find('\\') == std::string_view::npos) return "the string has no closing quote on its line";
    return "double every backslash that is meant literally, or write the string as \"\"\"...\"\"\", which has no "
           "escapes";
  }
  return {};
}

// Keeps the first text that starts no token and makes the lexer skip what follows.
class BadTokenListener final : public antlr4::BaseErrorListener {
 public:
  BadTokenListener(ByteStream& stream, std::string_view text) : stream_(stream), text_(text) {}

  std::optional<BadToken> Take() { return std::move(bad_); }

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token*, size_t, size_t, const std::string&,
                   std::exception_ptr) override {
    const size_t begin = dynamic_cast<antlr4::Lexer*>(recognizer)->tokenStartCharIndex;
    const size_t end = EndOfCharacter(stream_.index());
    bad_ = BadToken{{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)},
                    std::string(text_.substr(begin, end - begin))};
    stream_.seek(text_.size());
  }

 private:
  // The end of the character whose byte at `index` fits no token.
  size_t EndOfCharacter(size_t index) const {
    if (index >= text_.size()) return text_.size();
    do ++index;
    while (index < text_.size() && utf8::IsContinuation(text_[index]));
    return index;
  }

  ByteStream& stream_;
  std::string_view text_;
  std::optional<BadToken> bad_;
};

Span SpanOf(const antlr4::Token& token) {
  return {static_cast<uint32_t>(token.getStartIndex()), static_cast<uint32_t>(token.getStopIndex() + 1)};
}

// Counts open brackets and comments as tokens pass by.
class Nesting {
 public:
  // Returns false, with a report, when `token` is one bracket too many.
  bool Enter(const antlr4::Token& token, DiagnosticSink& sink) {
    switch (token.getType()) {
      case EqlLexer::LPAREN:
      case EqlLexer::LBRACKET:
      case EqlLexer::MISSING:
        if (++brackets_ <= limits::kMaxQueryNesting) return true;
        sink.Report(Code::kNestedTooDeep, SpanOf(token),
                    fmt::format("the query is nested deeper than {} levels", limits::kMaxQueryNesting));
        return false;
      case EqlLexer::RPAREN:
      case EqlLexer::RBRACKET:
        if (brackets_ > 0) --brackets_;
        return true;
      case EqlLexer::COMMENT_OPEN:
        nested_comment_ = comments_ > 0;
        if (comments_++ == 0) comment_ = SpanOf(token);
        return true;
      case EqlLexer::COMMENT_CLOSE:
        --comments_;
        return true;
      default:
        return true;
    }
  }

  bool in_comment() const { return comments_ > 0; }
  Span comment() const { return comment_; }
  bool nested_comment() const { return nested_comment_; }

 private:
  uint32_t brackets_ = 0;
  size_t comments_ = 0;
  Span comment_;  // the outermost open one
  bool nested_comment_ = false;
};

bool IsComment(size_t type) { return type == EqlLexer::COMMENT_OPEN || type == EqlLexer::COMMENT_CLOSE; }

}  // namespace

std::optional<TokenList> ReadTokens(ByteStream& stream, std::string_view text, Syntax syntax, DiagnosticSink& sink) {
  EqlLexer lexer(&stream);
  UseTable(lexer, stream);
  BadTokenListener listener(stream, text);
  lexer.removeErrorListeners();
  lexer.addErrorListener(&listener);
  Nesting nesting;
  TokenList list;
  for (size_t type = 0; type != antlr4::Token::EOF;) {
    std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    type = token->getType();
    if (type == EqlLexer::COMMENT_OPEN && nesting.in_comment() && syntax == Syntax::kPython) {
      lexer.popMode();  // python-eql's comments do not nest
      continue;
    }
    if (!nesting.Enter(*token, sink)) return std::nullopt;
    if (IsComment(type)) continue;
    list.tokens.push_back(std::move(token));
    if (list.tokens.size() <= limits::kMaxQueryTokens) continue;
    sink.Report(Code::kQueryTooLarge, SpanOf(*list.tokens.back()),
                fmt::format("the query has more than {} tokens", limits::kMaxQueryTokens));
    return std::nullopt;
  }
  if (nesting.in_comment()) {
    Diagnostic& finding = sink.Report(Code::kUnterminatedComment, nesting.comment(), "the comment has no closing `*/`");
    if (nesting.nested_comment()) finding.hints.push_back("comments nest: each `/*` needs a `*/` of its own");
    return std::nullopt;
  }
  list.bad = listener.Take();
  return list;
}

void ReportBadToken(const BadToken& bad, DiagnosticSink& sink) {
  auto& finding =
      sink.Report(Code::kBadToken, bad.span, fmt::format("token recognition error at: '{}'", ShownText(bad.text)));
  if (std::string hint = HintFor(bad.text); !hint.empty()) finding.hints.push_back(std::move(hint));
}

}  // namespace eqlc
