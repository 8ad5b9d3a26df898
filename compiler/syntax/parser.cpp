// The door to ANTLR: nothing outside this file and the folder antlr/ includes it, and no exception of its gets out.
// text -> ReadTokens (guards) -> generated LL(1) parser (ErrorStrategy) -> BuildAst.
#include "compiler/syntax/parser.h"

#include <EqlParser.h>
#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <cassert>
#include <memory>
#include <utility>

#include "compiler/support/utf8.h"
#include "compiler/syntax/antlr/build_ast.h"
#include "compiler/syntax/antlr/byte_stream.h"
#include "compiler/syntax/antlr/error_strategy.h"
#include "compiler/syntax/antlr/token_reader.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

bool CheckText(std::string_view query, DiagnosticSink& sink) {
  if (query.size() > limits::kMaxQueryBytes) {
    sink.Report(Code::kQueryTooLarge, {},
                fmt::format("the query has {} bytes; the limit is {}", query.size(), limits::kMaxQueryBytes));
    return false;
  }
  const size_t bad = FindInvalidUtf8(query);
  if (bad == std::string_view::npos) return true;
  const auto begin = static_cast<uint32_t>(bad);
  sink.Report(Code::kNotUtf8, {begin, begin + 1},
              fmt::format("byte 0x{:02X} is not part of valid UTF-8", static_cast<unsigned char>(query[bad])));
  return false;
}

std::optional<ast::Ast> ParseTokens(TokenList list, std::string_view query, DiagnosticSink& sink) {
  antlr4::ListTokenSource source(std::move(list.tokens));
  antlr4::CommonTokenStream stream(&source);
  grammar::EqlParser parser(&stream);
  parser.removeErrorListeners();
  parser.setBuildParseTree(false);  // BuildAst reads labels; the tree of children would double the memory
  parser.setErrorHandler(std::make_shared<ErrorStrategy>(list.bad, sink));
  try {
    grammar::EqlParser::StatementContext& statement = *parser.statement();
    if (!list.bad) return BuildAst(statement, query, sink);
    ReportBadToken(*list.bad, sink);  // behind a query that is complete
  } catch (const antlr4::ParseCancellationException&) {
    assert(sink.has_errors());
  }
  return std::nullopt;
}

}  // namespace

std::optional<ast::Ast> Parse(std::string_view query, DiagnosticSink& sink) {
  if (!CheckText(query, sink)) return std::nullopt;
  ByteStream stream(query);
  std::optional<TokenList> tokens = ReadTokens(stream, query, sink);
  if (!tokens) return std::nullopt;
  return ParseTokens(std::move(*tokens), query, sink);
}

}  // namespace eqlc
