// The door to ANTLR: nothing outside this file and the folder antlr/ includes it, and no exception of its gets out.
// text -> ReadTokens (guards) -> generated LL(1) parser (ErrorStrategy) -> BuildAst.
#include "compiler/syntax/parser.h"

#include <EqlParser.h>
#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <cassert>
#include <memory>
#include <utility>

#include "compiler/syntax/antlr/build_ast.h"
#include "compiler/syntax/antlr/byte_stream.h"
#include "compiler/syntax/antlr/error_strategy.h"
#include "compiler/syntax/antlr/python_tokens.h"
#include "compiler/syntax/antlr/token_reader.h"
#include "eqlc/limits.hpp"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

bool CheckText(std::string_view query, DiagnosticSink& sink) {
  if (query.size() > limits::kMaxQueryBytes) {
    sink.Report(Code::kQueryTooLarge, {},
                fmt::format("the query has {} bytes; the limit is {}", query.size(), limits::kMaxQueryBytes));
    return false;
  }
  const size_t bad = utf8::FindInvalid(query);
  if (bad == std::string_view::npos) return true;
  const auto begin = static_cast<uint32_t>(bad);
  sink.Report(Code::kNotUtf8, {begin, begin + 1},
              fmt::format("byte 0x{:02X} is not part of valid UTF-8", static_cast<unsigned char>(query[bad])));
  return false;
}

// `rule` runs one rule of the grammar.
template <typename Rule>
std::optional<ast::Ast> ParseAs(std::string_view query, DiagnosticSink& sink, Syntax syntax, Rule rule) {
  if (!CheckText(query, sink)) return std::nullopt;
  ByteStream bytes(query);
  std::optional<TokenList> list = ReadTokens(bytes, query, syntax, sink);
  if (!list) return std::nullopt;
  if (syntax == Syntax::kPython) ReadAsPython(*list);
  antlr4::ListTokenSource source(std::move(list->tokens));
  antlr4::CommonTokenStream stream(&source);
  grammar::EqlParser parser(&stream);
  parser.removeErrorListeners();
  parser.setBuildParseTree(false);  // BuildAst reads labels; the tree of children would double the memory
  parser.setErrorHandler(std::make_shared<ErrorStrategy>(list->bad, sink));
  try {
    auto& context = *rule(parser);
    if (!list->bad) return BuildAst(context, query, syntax, sink);
    ReportBadToken(*list->bad, sink);  // behind a query that is complete
  } catch (const antlr4::ParseCancellationException&) {
    assert(sink.has_errors());
  }
  return std::nullopt;
}

}  // namespace

std::optional<ast::Ast> Parse(std::string_view query, DiagnosticSink& sink, Syntax syntax) {
  return ParseAs(query, sink, syntax, [](grammar::EqlParser& parser) { return parser.statement(); });
}

std::optional<ast::Ast> ParseExpression(std::string_view expression, DiagnosticSink& sink, Syntax syntax) {
  return ParseAs(expression, sink, syntax, [](grammar::EqlParser& parser) { return parser.bareExpression(); });
}

}  // namespace eqlc
