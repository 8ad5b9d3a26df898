// Parses one query for a test and keeps what its findings point into.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/support/source.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/print.h"

namespace eqlc {

struct ParsedQuery {
  explicit ParsedQuery(std::string_view query, Syntax syntax = Syntax::kUnion) {
    const SourceMap map(std::make_shared<SourceFile>("query", std::string(query)));
    DiagnosticSink sink(map, "");
    ast = Parse(query, sink, syntax);
    has_errors = sink.has_errors();
    findings = sink.Take();
  }

  // "E0101 1:13 message" of the first finding; empty if there is none.
  std::string Error() const {
    if (findings.empty()) return {};
    const Diagnostic& d = findings.front();
    return d.code + " " + std::to_string(d.range.line) + ":" + std::to_string(d.range.column) + " " + d.message;
  }
  std::string Hint() const { return findings.empty() || findings[0].hints.empty() ? "" : findings[0].hints[0]; }

  std::optional<ast::Ast> ast;
  bool has_errors = false;
  std::vector<Diagnostic> findings;
};

}  // namespace eqlc
