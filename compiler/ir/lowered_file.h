// LoweredFile: all that the compiler has to know of a rule file to put its rules into a ruleset. It depends on nothing
// but the file and the options, so it may be kept for as long as these are the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/diagnostic.hpp"

namespace eqlc::ir {

struct LoweredRule {
  // What tells whether another rule is the same.
  std::string id;
  SourceRange id_range;
  Dialect dialect = Dialect::kElastic;
  std::string query;

  std::vector<Diagnostic> diagnostics;
  bool has_warnings = false;
  // For Merge: WriteImage's of a module with this rule alone, verified, 8-byte aligned. Empty: the rule has errors.
  std::span<const std::byte> image;
  std::shared_ptr<const void> image_owner;
  std::string text;  // of the stage that is dumped
};

struct LoweredFile {
  std::vector<LoweredRule> rules;
  uint32_t other_rules = 0;  // as RuleFileContents has them
  uint32_t failed_rules = 0;
  std::vector<Diagnostic> diagnostics;
};

}  // namespace eqlc::ir
