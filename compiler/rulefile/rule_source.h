// RuleSource: a rule as its file gives it, before anyone looked at the query. Knows nothing of EQL.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/rulefile/file_stamp.h"
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
  bool has_warnings = false;            // its file got some
  // Warnings of keys that only act on alerts of single events: they hold if the query asks for anything else.
  std::vector<Diagnostic> unless_event{};
};

// What a rule file gave.
struct RuleFileContents {
  std::vector<RuleSource> rules;
  uint32_t other_rules = 0;   // rules in another language
  uint32_t failed_rules = 0;  // EQL rules that could not be read
  std::vector<Diagnostic> diagnostics;
};

// Rule files as bytes, before anyone looked at them.
struct RuleInput {
  RuleText text;
  std::optional<Diagnostic> failure = std::nullopt;  // why there is no text
  std::optional<FileStamp> stamp = std::nullopt;     // of a file, from before it was read
  bool is_read = true;                               // false: it has neither text nor failure yet
  std::string digest{};                              // of text or failure; empty: nobody asked for it yet
};
struct RuleInputs {
  std::vector<RuleInput> files;
  std::vector<Diagnostic> diagnostics{};  // what is not even a file
  std::vector<std::string> origin{};      // where they were looked for: the same however the files change
  int64_t found_ns = 0;                   // StampClock before the stamps were taken
};

// Finds the rule files below `paths`; directories are searched for *.toml and *.eql in sorted order. A file that is
// reached twice is there once. Reads none.
RuleInputs FindRuleInputs(const std::vector<std::string>& paths);
void ReadRuleInput(RuleInput& input);
RuleInputs ToRuleInputs(const std::vector<RuleText>& texts);

// What a file holds. REQUIRES: it is read.
RuleFileContents LoadRuleInput(const RuleInput& input);
// Reads detection-rules TOML, endpoint behaviour TOML (`.toml`) or a bare query (any other name).
RuleFileContents LoadRuleText(const RuleText& text);

}  // namespace eqlc
