#include <nlohmann/json.hpp>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/rulefile/readers.h"

namespace eqlc {
namespace {

// "rules/a.b.eql" gives "a.b"; ".eql" stays.
std::string Stem(std::string_view path) {
  const std::string_view file = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  const size_t dot = file.rfind('.');
  return std::string(dot == std::string_view::npos || dot == 0 ? file : file.substr(0, dot));
}

std::string Parameters(const RuleSource& rule) {
  const nlohmann::json parameters = {{"rule",
                                      {{"rule_id", rule.id},
                                       {"name", rule.name},
                                       {"type", "eql"},
                                       {"language", "eql"},
                                       {"severity", rule.severity},
                                       {"risk_score", rule.risk_score},
                                       {"query", rule.query}}}};
  return parameters.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void ReadEqlFile(const std::shared_ptr<const SourceFile>& file, RuleFileContents& contents) {
  RuleSource rule{.query_map = SourceMap(file)};
  rule.id = rule.name = Stem(file->name());
  rule.query = file->text();
  rule.id_range.file = file->name();
  rule.parameters = Parameters(rule);
  if (rule.query.find_first_not_of(" \t\r\n") != std::string::npos) {
    contents.rules.push_back(std::move(rule));
    return;
  }
  DiagnosticSink sink(rule.query_map, rule.id);
  sink.Report(Code::kMissingKey, {0, 0}, "the file holds no query");
  for (Diagnostic& diagnostic : sink.Take()) contents.diagnostics.push_back(std::move(diagnostic));
  ++contents.failed_rules;
}

}  // namespace eqlc
