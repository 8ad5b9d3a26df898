// Diagnostics for programs. Tested by tests/unit/compiler/diag/render_json_test.cpp.
#include <nlohmann/json.hpp>

#include "eqlc/diagnostic.hpp"

namespace eqlc {
namespace {

using Json = nlohmann::ordered_json;

void AddRange(const SourceRange& range, Json& object) {
  object["file"] = range.file;
  object["line"] = range.line;
  object["column"] = range.column;
  object["length"] = range.length;
}

}  // namespace

std::string RenderJson(const Diagnostic& diagnostic) {
  Json object;
  object["severity"] = NameOf(diagnostic.severity);
  object["code"] = diagnostic.code;
  object["message"] = diagnostic.message;
  object["rule_id"] = diagnostic.rule_id;
  AddRange(diagnostic.range, object);
  Json& labels = object["labels"] = Json::array();
  for (const DiagnosticLabel& label : diagnostic.labels) {
    Json entry;
    AddRange(label.range, entry);
    entry["text"] = label.text;
    labels.push_back(std::move(entry));
  }
  object["hints"] = diagnostic.hints;
  // Bad bytes can come from rule text and file names: U+FFFD instead of an exception.
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace eqlc
