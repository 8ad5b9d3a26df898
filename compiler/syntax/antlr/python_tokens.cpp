#include "compiler/syntax/antlr/python_tokens.h"

#include <EqlLexer.h>

#include <string>
#include <utility>

namespace eqlc {
namespace {

using antlr4::Token;
using grammar::EqlLexer;
using Tokens = std::vector<std::unique_ptr<Token>>;

// EOF's type outside of the list.
size_t TypeAt(const Tokens& tokens, size_t i) { return i < tokens.size() ? tokens[i]->getType() : Token::EOF; }

void SetType(Token& token, size_t type) { dynamic_cast<antlr4::WritableToken&>(token).setType(type); }

// `maxspan =`, `with name =`, `] fork =`.
bool IsOption(const Tokens& tokens, size_t assign) {
  const size_t name = assign > 0 ? TypeAt(tokens, assign - 1) : Token::EOF;
  const size_t before = assign > 1 ? TypeAt(tokens, assign - 2) : Token::EOF;
  return name == EqlLexer::MAXSPAN || before == EqlLexer::WITH ||
         (name == EqlLexer::FORK && before == EqlLexer::RBRACKET);
}

// Whether the last token is a keyword of Elasticsearch's that is a name here: `any` but before `where`, and `maxspan`
// but behind `with`.
bool IsName(const Tokens& tokens, size_t next) {
  const size_t type = tokens.back()->getType();
  if (type == EqlLexer::ANY) return next != EqlLexer::WHERE;
  return type == EqlLexer::MAXSPAN && (tokens.size() < 2 || TypeAt(tokens, tokens.size() - 2) != EqlLexer::WITH);
}

// What may stand behind a list of python-eql's and begins no expression: a comma before it is the list's last.
bool EndsList(size_t type) {
  return type == EqlLexer::RPAREN || type == EqlLexer::LBRACKET || type == EqlLexer::PIPE || type == EqlLexer::WITH ||
         type == EqlLexer::UNTIL || type == Token::EOF;
}

// `:name(` without blanks.
bool IsMethod(const Tokens& tokens, size_t colon) {
  if (TypeAt(tokens, colon + 1) != EqlLexer::IDENTIFIER || TypeAt(tokens, colon + 2) != EqlLexer::LPAREN) return false;
  return tokens[colon]->getStopIndex() + 1 == tokens[colon + 1]->getStartIndex() &&
         tokens[colon + 1]->getStopIndex() + 1 == tokens[colon + 2]->getStartIndex();
}

// The type that the word at `i` has when it begins a definition; IDENTIFIER when it does not.
size_t DefinitionType(const Tokens& tokens, size_t i) {
  if (TypeAt(tokens, i) != EqlLexer::IDENTIFIER || TypeAt(tokens, i + 1) != EqlLexer::IDENTIFIER) {
    return EqlLexer::IDENTIFIER;
  }
  const std::string word = tokens[i]->getText();
  const size_t next = TypeAt(tokens, i + 2);
  if (word == "macro" && next == EqlLexer::LPAREN) return EqlLexer::MACRO;
  if (word == "const" && (next == EqlLexer::ASGN || next == EqlLexer::EQ)) return EqlLexer::CONST;
  return EqlLexer::IDENTIFIER;
}

void MarkDefinitions(Tokens& tokens) {
  if (DefinitionType(tokens, 0) == EqlLexer::IDENTIFIER) return;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (const size_t type = DefinitionType(tokens, i); type != EqlLexer::IDENTIFIER) SetType(*tokens[i], type);
  }
}

// Before the token `at`, without taking up any text.
std::unique_ptr<Token> Synthetic(const Token& at, size_t type) {
  auto token = std::make_unique<antlr4::CommonToken>(const_cast<Token*>(&at));
  token->setType(type);
  return token;
}

void ImplyQuery(Tokens& tokens) {
  if (TypeAt(tokens, 0) != EqlLexer::PIPE) return;
  Tokens implied;
  for (const size_t type : {EqlLexer::ANY, EqlLexer::WHERE, EqlLexer::TRUE}) {
    implied.push_back(Synthetic(*tokens[0], type));
  }
  tokens.insert(tokens.begin(), std::make_move_iterator(implied.begin()), std::make_move_iterator(implied.end()));
}

}  // namespace

void ReadAsPython(TokenList& list) {
  MarkDefinitions(list.tokens);
  Tokens out;
  out.reserve(list.tokens.size());
  for (size_t i = 0; i < list.tokens.size(); ++i) {
    Token& token = *list.tokens[i];
    if (token.getType() == EqlLexer::COMMA && EndsList(TypeAt(list.tokens, i + 1))) {
      SetType(token, EqlLexer::LAST_COMMA);
    }
    if (token.getType() == EqlLexer::SEQ && IsMethod(list.tokens, i)) SetType(token, EqlLexer::METHOD);
    out.push_back(std::move(list.tokens[i]));
    if (token.getType() == EqlLexer::ASGN || token.getType() == EqlLexer::EQ) {
      SetType(token, IsOption(out, out.size() - 1) ? EqlLexer::ASGN : EqlLexer::EQ);
    }
    if (IsName(out, TypeAt(list.tokens, i + 1))) SetType(token, EqlLexer::IDENTIFIER);
  }
  list.tokens = std::move(out);
  ImplyQuery(list.tokens);
}

}  // namespace eqlc
