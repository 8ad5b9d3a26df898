// How the compiler's stages report: one DiagnosticSink per rule collects findings; codes come from codes.def.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/source.h"
#include "eqlc/diagnostic.hpp"

namespace eqlc {

// One enumerator per row of codes.def.
enum class Code : uint16_t {
#define EQLC_DIAGNOSTIC(id, name, severity, title) k##name,
#include "compiler/diag/codes.def"
#undef EQLC_DIAGNOSTIC
};

struct CodeInfo {
  std::string_view id;    // "E0102"
  std::string_view name;  // "UnknownFunction"
  Severity severity;
  std::string_view title;  // what it means, for `explain`
};
const CodeInfo& GetCodeInfo(Code code);

// Collects the findings of one rule; keeps the first kMaxDiagnosticsPerRule and counts the rest.
// Thread-safety: none.
class DiagnosticSink {
 public:
  DiagnosticSink(const SourceMap& map, std::string rule_id) : map_(map), rule_id_(std::move(rule_id)) {}

  // The returned reference is for adding labels and hints at once; it is valid until the next Report.
  Diagnostic& Report(Code code, Span span, std::string message);
  void AddLabel(Diagnostic& diagnostic, Span span, std::string text) const;

  bool has_errors() const { return errors_ > 0; }
  size_t error_count() const { return errors_; }
  size_t warning_count() const { return warnings_; }
  // Sorted by position; ends with a note when findings were dropped.
  std::vector<Diagnostic> Take();

 private:
  const SourceMap& map_;
  std::string rule_id_;
  std::vector<Diagnostic> diagnostics_;
  Diagnostic overflow_;
  size_t errors_ = 0;
  size_t warnings_ = 0;
  size_t dropped_ = 0;
};

// The known name nearest to `name`, without case and at most `most` edits away, or empty.
std::string NearestName(std::string_view name, const std::vector<std::string_view>& known, size_t most);
// The same for at most a third of the name's length.
std::string NearestName(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace eqlc
