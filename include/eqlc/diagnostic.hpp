/// \file
/// Diagnostics: everything eqlc has to say about rule text. Plain data; rendering is separate (RenderText, RenderJson).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace eqlc {

enum class Severity : uint8_t { kError, kWarning, kNote };

/// `error`, `warning` or `note`.
std::string_view NameOf(Severity severity);

/// A range in a file, with the text of its first line so that it can be shown after the file is gone.
/// Lines and columns are 1-based; columns count code points. `length` is in code points, at least 1, and does not
/// reach past the end of the line. `line_text` ends early when the line is longer than limits::kMaxLineTextBytes.
struct SourceRange {
  std::string file;
  uint32_t line = 0;  ///< 0: the diagnostic has no position (an unreadable file, say).
  uint32_t column = 0;
  uint32_t length = 1;
  std::string line_text;
};

/// A second place that explains the first ("first declared here").
struct DiagnosticLabel {
  SourceRange range;
  std::string text;
};

/// One finding. `code` is stable across releases (`E0102`); compiler/diag/codes.def lists them all.
struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;
  std::string message;
  SourceRange range;
  std::vector<DiagnosticLabel> labels;
  std::vector<std::string> hints;  ///< How to mend it, one sentence each.
  std::string rule_id;             ///< Empty when the finding concerns no single rule.
};

/// `file:line:col: error[E0102]: message`, the source line, carets, hints; ends with a newline.
/// `color` adds ANSI escapes. Control characters of the source line are made visible.
std::string RenderText(const Diagnostic& diagnostic, bool color);

/// One JSON object on one line, without newline. Keys: severity, code, message, rule_id, file, line, column, length,
/// labels, hints.
std::string RenderJson(const Diagnostic& diagnostic);

}  // namespace eqlc
