#include "compiler/syntax/antlr/error_strategy.h"

#include <EqlParser.h>
#include <fmt/format.h>

#include <mutex>
#include <string>
#include <vector>

#include "compiler/syntax/antlr/shown_text.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

using antlr4::Token;
using antlr4::misc::IntervalSet;
using grammar::EqlParser;

std::string Shown(Token& token) { return token.getType() == Token::EOF ? "<EOF>" : ShownText(token.getText()); }

// The name of a token in a list of expected ones; empty for those that would only be noise there.
std::string ExpectedName(size_t type, const IntervalSet& expected, const antlr4::dfa::Vocabulary& vocabulary) {
  const auto expects = [&](size_t other) { return expected.contains(other); };
  switch (type) {
    case EqlParser::MACRO:
    case EqlParser::CONST:
    case EqlParser::METHOD:
    case EqlParser::LAST_COMMA:
      return {};  // made from other tokens, in one dialect
    case EqlParser::RAW_STRING:
    case EqlParser::SINGLE_QUOTED:
    case EqlParser::RAW_DOUBLE_QUOTED:
    case EqlParser::RAW_SINGLE_QUOTED:
      return {};  // STRING stands for all forms
    case EqlParser::AS:
    case EqlParser::FORK:
      if (expects(EqlParser::IDENTIFIER)) return {};
      break;
    case EqlParser::LPAREN:
    case EqlParser::OF:
      if (expects(EqlParser::DOT)) return {};  // after a name that nothing shows to be more than a field
      break;
    case EqlParser::SUBSCRIPT:
      return expects(EqlParser::LBRACKET) ? "" : "'['";
    default:
      break;
  }
  return vocabulary.getDisplayName(type);
}

std::string ExpectedList(const IntervalSet& expected, const antlr4::dfa::Vocabulary& vocabulary) {
  std::vector<std::string> names;
  if (expected.contains(Token::EOF)) names.push_back("<EOF>");
  for (const ssize_t type : expected.toList()) {
    if (type <= 0) continue;
    std::string name = ExpectedName(static_cast<size_t>(type), expected, vocabulary);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names.size() == 1 ? names[0] : fmt::format("{{{}}}", fmt::join(names, ", "));
}

bool IsCompareOp(size_t type) { return type >= EqlParser::EQ && type <= EqlParser::GTE; }
// Keywords that somebody may want for a field's name, that is, all but the operators.
bool IsNameLike(size_t type) {
  return type >= EqlParser::ANY && type <= EqlParser::WITH && type != EqlParser::IN && type != EqlParser::NOT &&
         type != EqlParser::OR && type != EqlParser::BY;
}
bool IsPatternOp(size_t type) {
  return type == EqlParser::SEQ || type == EqlParser::LIKE || type == EqlParser::LIKE_INSENSITIVE ||
         type == EqlParser::REGEX || type == EqlParser::REGEX_INSENSITIVE;
}
bool IsWord(size_t type) { return type == EqlParser::IDENTIFIER || type == EqlParser::TILDE_IDENTIFIER; }

// `AND` where `and` is expected.
std::string HintForCase(const std::string& word, const IntervalSet& expected,
                        const antlr4::dfa::Vocabulary& vocabulary) {
  const std::string quoted = fmt::format("'{}'", ascii::Fold(word));
  for (const ssize_t type : expected.toList()) {
    if (type <= 0 || vocabulary.getLiteralName(static_cast<size_t>(type)) != quoted) continue;
    return fmt::format("keywords are written in lower case: `{}`", ascii::Fold(word));
  }
  return {};
}

// What may have been meant; empty if there is nothing to say. `before` is the token before the offending one, or EOF's
// type at the start of the query.
std::string HintFor(Token& offending, size_t before, const IntervalSet& expected,
                    const antlr4::dfa::Vocabulary& vocabulary) {
  const size_t type = offending.getType();
  const auto expects = [&](size_t other) { return expected.contains(other); };
  if (type == Token::EOF && expects(EqlParser::RPAREN)) return "a `(` is not closed";
  if (type == Token::EOF && expects(EqlParser::RBRACKET)) return "a `[` is not closed";
  if (type == EqlParser::ASGN) return "use `==` to compare";
  if (before == Token::EOF && expects(EqlParser::SEQUENCE)) {
    return "a query begins with an event category or `any`, and then `where`";
  }
  if (before == EqlParser::DOT && type == EqlParser::ASTERISK) return "the name of a field takes no wildcard";
  if (before == EqlParser::WITH && type == EqlParser::MAXSPAN) {
    return "`with maxspan` stands behind `sequence` and its `by`";
  }
  if (before == EqlParser::NOT && IsPatternOp(type)) {
    return fmt::format("only `in` can be preceded by `not`; write `not x {} ...`", offending.getText());
  }
  if (before == EqlParser::LT && type == EqlParser::GT) return "use `!=`";
  if (before == EqlParser::PIPE && type == EqlParser::PIPE) return "use `or`";
  if (IsCompareOp(type) && expects(EqlParser::AND)) return "comparisons do not chain; join two of them with `and`";
  if (type == EqlParser::RPAREN && before == EqlParser::COMMA) return "remove the comma before `)`";
  if (type == EqlParser::RPAREN && before == EqlParser::LPAREN) return "parentheses cannot be empty here";
  if (IsWord(type) && expects(EqlParser::NULL_LITERAL) && !expects(EqlParser::IDENTIFIER)) {
    return "the right side of `:`, `like` and `regex` takes literals only";
  }
  if (IsWord(type)) return HintForCase(offending.getText(), expected, vocabulary);
  if (IsNameLike(type) && expects(EqlParser::IDENTIFIER)) {
    return fmt::format("`{}` is a keyword; a field of that name is written in back-quotes", offending.getText());
  }
  return {};
}

Span SpanOf(Token& token) {
  return {static_cast<uint32_t>(token.getStartIndex()), static_cast<uint32_t>(token.getStopIndex() + 1)};
}

// The end of the query is where its last token ends; blank lines behind it show nothing.
Span SpanOfCurrent(antlr4::TokenStream& tokens) {
  if (tokens.LA(1) != Token::EOF) return SpanOf(*tokens.LT(1));
  const uint32_t end = tokens.index() > 0 ? SpanOf(*tokens.LT(-1)).end : 0;
  return {end, end};
}

// The innermost bracket that is open before the current token; nullptr if there is none.
Token* OpenBracket(antlr4::TokenStream& tokens) {
  size_t closed = 0;
  for (size_t at = tokens.index(); at-- > 0;) {
    Token* token = tokens.get(at);
    switch (token->getType()) {
      case EqlParser::RPAREN:
      case EqlParser::RBRACKET:
        ++closed;
        break;
      case EqlParser::LPAREN:
      case EqlParser::LBRACKET:
      case EqlParser::MISSING:
        if (closed == 0) return token;
        --closed;
        break;
      default:
        break;
    }
  }
  return nullptr;
}

// The automaton remembers what it was asked, in ANTLR 4.9 behind a flag that threads may read while another sets it.
IntervalSet ExpectedTokens(const antlr4::atn::ATN& atn, size_t state, antlr4::RuleContext* context) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return atn.getExpectedTokens(state, context);
}

}  // namespace

void ErrorStrategy::sync(antlr4::Parser* parser) {
  const size_t token = parser->getTokenStream()->index();
  if (token == decision_token_) return;
  decision_token_ = token;
  decision_state_ = parser->getState();
  decision_context_ = parser->getContext();
}

antlr4::Token* ErrorStrategy::recoverInline(antlr4::Parser* parser) { Fail(parser, Fault::kMismatch); }

void ErrorStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException&) {
  Fail(parser, Fault::kNoAlternative);  // LL(1) parsers throw nothing else
}

void ErrorStrategy::recover(antlr4::Parser* parser, std::exception_ptr) { Fail(parser, Fault::kNoAlternative); }

void ErrorStrategy::Fail(antlr4::Parser* parser, Fault fault) {
  antlr4::TokenStream& tokens = *parser->getTokenStream();
  if (bad_ && (tokens.LA(1) == Token::EOF || tokens.LA(2) == Token::EOF)) {  // as far as the messages below look
    ReportBadToken(*bad_, sink_);
    throw antlr4::ParseCancellationException();
  }
  sync(parser);  // a fault at a token that no decision looked at
  Token& offending = *parser->getCurrentToken();
  const auto& vocabulary = parser->getVocabulary();
  const IntervalSet expected = ExpectedTokens(parser->getATN(), decision_state_, decision_context_);

  const std::string shown = Shown(offending);
  const bool extraneous = offending.getType() != Token::EOF && expected.contains(tokens.LA(2));
  // Behind a complete operand a list of what could follow helps; in place of one everything could.
  const bool mismatched = fault == Fault::kMismatch || expected.contains(static_cast<size_t>(EqlParser::AND));
  const std::string message = extraneous || mismatched
                                  ? fmt::format("{} input '{}' expecting {}", extraneous ? "extraneous" : "mismatched",
                                                shown, ExpectedList(expected, vocabulary))
                                  : fmt::format("no viable alternative at input '{}'", shown);
  auto& finding = sink_.Report(Code::kSyntaxError, SpanOfCurrent(tokens), message);
  Token* open = offending.getType() == Token::EOF ? OpenBracket(tokens) : nullptr;
  if (open) sink_.AddLabel(finding, SpanOf(*open), "opened here");
  const size_t before = tokens.index() > 0 ? tokens.LT(-1)->getType() : Token::EOF;
  std::string hint = HintFor(offending, before, expected, vocabulary);
  if (!hint.empty()) finding.hints.push_back(std::move(hint));
  throw antlr4::ParseCancellationException();
}

}  // namespace eqlc
