#include "compiler/syntax/antlr/lexer_simulator.h"

#include <EqlLexer.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <thread>

namespace eqlc {
namespace {

enum class Simulator { kAntlr, kTable };

class Collector final : public antlr4::BaseErrorListener {
 public:
  std::string errors;

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token*, size_t, size_t, const std::string& message,
                   std::exception_ptr) override {
    auto& lexer = dynamic_cast<antlr4::Lexer&>(*recognizer);
    errors += fmt::format("{}..{}: {}\n", lexer.tokenStartCharIndex, lexer.getInputStream()->index(), message);
  }
};

// Type and range of each token, and what starts none.
std::string TokensOf(const std::string& text, Simulator simulator) {
  ByteStream stream(text);
  grammar::EqlLexer lexer(&stream);
  if (simulator == Simulator::kTable) UseTable(lexer, stream);
  Collector collector;
  lexer.removeErrorListeners();
  lexer.addErrorListener(&collector);
  std::string tokens;
  for (size_t type = 0; type != antlr4::Token::EOF;) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    type = token->getType();
    tokens += fmt::format("{} {} {}\n", static_cast<ssize_t>(type), token->getStartIndex(), token->getStopIndex());
  }
  return tokens + collector.errors;
}

std::string RandomText(std::mt19937& random) {
  static const std::string_view pieces[] = {
      "and",    "any",    "in",  "in~", "like~", "regex", "where", "[0]", "[ 12 ]", "[", "]",    "![",   "==",   "!=",
      "<=",     "\"\"\"", "\"",  "'",   "?\"",   "?'",    "\\",    "`",   "``",     "~", "$a",   "a_1",  "@",    "1",
      "2.5",    "1e",     "1e+", ".",   "e5",    "/*",    "*/",    "//",  "\n",     " ", "\r\n", "\\\"", "\\u{", "41}",
      "\u00e9", "!",      "&",   ";",   "(",     ")",     "|",     "#",   "\\n",    "x", "-",    "%",    ":",    ","};
  std::uniform_int_distribution<size_t> piece(0, std::size(pieces) - 1), length(0, 30);
  std::string text;
  for (size_t i = length(random); i > 0; --i) text += pieces[piece(random)];
  return text;
}

TEST(LexerSimulator, DecidesAsAntlr) {
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = RandomText(random);
    ASSERT_EQ(TokensOf(text, Simulator::kTable), TokensOf(text, Simulator::kAntlr)) << text;
  }
}

TEST(LexerSimulator, LexersOfManyThreadsAgree) {
  constexpr int kTexts = 300;
  const auto read_all = [](std::vector<std::string>& tokens) {
    std::mt19937 random(2);
    for (int i = 0; i < kTexts; ++i) tokens.push_back(TokensOf(RandomText(random), Simulator::kTable));
  };
  std::vector<std::string> expected, found[3];
  std::vector<std::thread> threads;
  for (auto& tokens : found) threads.emplace_back(read_all, std::ref(tokens));
  for (std::thread& thread : threads) thread.join();
  read_all(expected);
  for (const auto& tokens : found) EXPECT_EQ(tokens, expected);
}

}  // namespace
}  // namespace eqlc
