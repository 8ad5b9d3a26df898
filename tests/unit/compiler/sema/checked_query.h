// A query text parsed and checked, for tests of sema and of the IR.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/sema/typed.h"
#include "compiler/support/source.h"
#include "compiler/syntax/parser.h"

namespace eqlc::testing {

// Keeps everything alive that the typed query points to.
class CheckedQuery {
 public:
  explicit CheckedQuery(std::string_view text, Dialect dialect = Dialect::kElastic, FieldCatalog* fields = nullptr)
      : map_(std::make_shared<SourceFile>("query", std::string(text))),
        sink_(map_, "rule"),
        ast_(Parse(text, sink_, dialect == Dialect::kPython ? Syntax::kPython : Syntax::kUnion)) {
    if (ast_) typed_ = Check(*ast_, {.dialect = dialect, .fields = fields}, sink_);
  }

  bool parsed() const { return ast_.has_value(); }
  const std::optional<TypedQuery>& typed() const { return typed_; }
  DiagnosticSink& sink() { return sink_; }
  std::vector<Diagnostic> Take() { return sink_.Take(); }
  // `code:column: message`, one each, in order of position.
  std::vector<std::string> Findings() {
    std::vector<std::string> lines;
    for (const Diagnostic& d : Take()) {
      lines.push_back(d.code + ":" + std::to_string(d.range.column) + ": " + d.message);
    }
    return lines;
  }

 private:
  SourceMap map_;
  DiagnosticSink sink_;
  std::optional<ast::Ast> ast_;
  std::optional<TypedQuery> typed_;
};

// A query, and the findings it should give.
struct FindingCase {
  const char* query;
  std::vector<std::string> findings;
};

}  // namespace eqlc::testing
