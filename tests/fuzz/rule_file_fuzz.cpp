// Any bytes as a rule file: no crash, no endless recursion, every position stays within the file, and TOML is what
// toml++ alone takes it for.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <variant>

#include "compiler/rulefile/rule_source.h"
#include "compiler/rulefile/toml.h"
#include "compiler/rulefile/toml_json.h"
#include "eqlc/limits.hpp"
#include "runtime/value/utf8.h"

namespace {

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void CheckRange(const eqlc::SourceRange& range) {
  if (range.line == 0) return;
  const size_t columns = eqlc::utf8::Count(range.line_text);
  Require(range.column >= 1 && range.length >= 1, "columns and lengths begin at 1");
  Require(range.column <= columns + 1, "a range begins on its line");
  Require(range.length == 1 || range.column - 1 + range.length <= columns, "a range ends on its line");
}

void CheckRule(const eqlc::RuleSource& rule) {
  Require(!rule.id.empty() && !rule.name.empty(), "a rule has an id and a name");
  Require(!rule.parameters.empty() && rule.parameters.front() == '{', "parameters are an object");
  Require(eqlc::utf8::IsValid(rule.query), "a query is UTF-8");
  const auto size = static_cast<uint32_t>(rule.query.size());
  const uint32_t step = size / 64 + 1;
  for (uint32_t begin = 0; begin <= size; begin += step) {
    CheckRange(rule.query_map.Locate({begin, begin}));
    CheckRange(rule.query_map.Locate({begin, begin + 1}));
    CheckRange(rule.query_map.Locate({begin, size}));
  }
}

void CompareWithToml(const std::string& text) {
  if (!eqlc::utf8::IsValid(text) || eqlc::ReadTomlShape(text).fault) return;
  const std::variant<toml::table, eqlc::TomlFault> ours = eqlc::ParseToml(text);
  const auto* table = std::get_if<toml::table>(&ours);
  try {
    const toml::table theirs = toml::parse(std::string_view(text));
    Require(table != nullptr, "what toml++ takes is taken");
    Require(eqlc::TomlToJson(*table) == eqlc::TomlToJson(theirs), "values are those of toml++");
  } catch (const toml::parse_error&) {
    Require(table == nullptr, "what toml++ refuses is refused");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Longer lines are cut, and then columns may lie beyond the text that is kept.
  if (size > eqlc::limits::kMaxLineTextBytes) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  CompareWithToml(text);
  const eqlc::RuleFileContents contents = eqlc::LoadRuleText({"fuzz.toml", text});
  Require(contents.rules.size() + contents.other_rules + contents.failed_rules == 1, "a file is one rule");
  Require(contents.failed_rules == 0 || !contents.diagnostics.empty(), "a failure is explained");
  for (const eqlc::RuleSource& rule : contents.rules) CheckRule(rule);
  for (const eqlc::Diagnostic& diagnostic : contents.diagnostics) {
    CheckRange(diagnostic.range);
    Require(eqlc::RenderText(diagnostic, size % 2 == 0).back() == '\n', "text ends with a line break");
    Require(eqlc::RenderJson(diagnostic).find('\n') == std::string::npos, "JSON is one line");
  }
  return 0;
}
