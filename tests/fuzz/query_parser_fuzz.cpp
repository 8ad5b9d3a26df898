// Any bytes: the parser ends with an AST or a diagnostic, and what it parses it prints as a query with an equal AST.
// Seeds: seeds/query_parser/, dictionary: query_parser.dict.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/support/source.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/print.h"

namespace {

void Check(bool ok, const char* what, const std::string& printed = "") {
  if (ok) return;
  std::fprintf(stderr, "%s\n%s\n", what, printed.c_str());
  std::abort();
}

// Inputs are short enough (libFuzzer's default of 4096 bytes) for the main thread's stack.
std::optional<eqlc::ast::Ast> Parse(std::string_view query, eqlc::Syntax syntax = eqlc::Syntax::kUnion) {
  const eqlc::SourceMap map(std::make_shared<eqlc::SourceFile>("fuzz", std::string(query)));
  eqlc::DiagnosticSink sink(map, "");
  std::optional<eqlc::ast::Ast> ast = eqlc::Parse(query, sink, syntax);
  Check(ast.has_value() != sink.has_errors(), "an AST beside errors, or neither");
  return ast;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  (void)Parse(query, eqlc::Syntax::kPython);
  const std::optional<eqlc::ast::Ast> ast = Parse(query);
  if (!ast) return 0;
  const std::string printed = eqlc::PrintQuery(*ast);
  const std::optional<eqlc::ast::Ast> again = Parse(printed);
  Check(again.has_value(), "the printed query does not parse", printed);
  Check(eqlc::EqualAst(*ast, *again), "the printed query means something else", printed);
  Check(eqlc::PrintQuery(*again) == printed, "printing is not stable", printed);
  Check(!eqlc::DumpAst(*ast).empty(), "no dump");
  return 0;
}
