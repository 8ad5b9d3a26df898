// RuleSource: a rule as its file gives it, before anyone looked at the query. Knows nothing of EQL.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/source.h"
#include "eqlc/compile.hpp"
#include "eqlc/diagnostic.hpp"

namespace eqlc {

struct RuleSource {
  std::string id{};  // rule_id / id, or the file's stem
  std::string name{};
  std::string severity = "low";
  uint32_t risk_score = 21;
  std::string query{};
  SourceMap query_map;                  // from the query back to the file
  std::string parameters{};             // the whole rule file as one JSON object: {"metadata":{...},"rule":{...},...}
  std::string event_category_field{};   // event_category_override; empty: the default
  int64_t look_back_ns = -1;            // `from`: how old the events of a match may be; -1: any
  Dialect dialect = Dialect::kElastic;  // as the file's format says; never kAuto
  SourceRange id_range{};               // where the id stands; line 0 in a bare query
};

// What a rule file gave.
struct RuleFileContents {
  std::vector<RuleSource> rules;
  uint32_t other_rules = 0;     // rules in another language
  uint32_t failed_rules = 0;    // EQL rules that could not be read
  uint32_t repeated_rules = 0;  // passed over, because an earlier rule is the same
  std::vector<Diagnostic> diagnostics;
};

// Reads detection-rules TOML, endpoint behaviour TOML (`.toml`) or a bare query (any other name).
RuleFileContents LoadRuleText(const RuleText& text);

// Rule files as bytes, before anyone looked at them.
struct RuleInput {
  RuleText text;
  std::optional<Diagnostic> failure = std::nullopt;  // why there is no text
};
struct RuleInputs {
  std::vector<RuleInput> files;
  std::vector<Diagnostic> diagnostics;  // what is not even a file
};

// Finds and reads the rule files below `paths`; directories are searched for *.toml and *.eql in sorted order.
// A file that is reached twice is read once.
RuleInputs ReadRuleInputs(const std::vector<std::string>& paths);

// Reads several on up to `threads` threads; a rule whose id an earlier one has is an error.
RuleFileContents LoadRules(const RuleInputs& inputs, unsigned threads = 1);
RuleFileContents LoadRuleTexts(const std::vector<RuleText>& texts, unsigned threads = 1);
RuleFileContents LoadRuleFiles(const std::vector<std::string>& paths, unsigned threads = 1);

}  // namespace eqlc
