// Rulesets of any size, to see what the number of rules costs: fewer than there are, or more by way of copies.
// Tested by tests/unit/compiler/measure/grown_rules_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc {

// The rule files at the paths, files or folders, as texts; what cannot be read is left out.
std::vector<RuleText> ReadRules(const std::vector<std::string>& paths);

// `count` of the texts, evenly spread. REQUIRES: there are so many.
std::vector<RuleText> PickRules(const std::vector<RuleText>& texts, size_t count);

// `count` copies of the program's rules that cannot match: literals are renamed (rule_copies.h), and a copy of which
// some condition still holds for one of `events` is left out. Fewer, when there are not as many. `options` are those
// that the program was compiled with.
std::vector<RuleText> SilentCopies(const Program& program, const EventLines& events, size_t count,
                                   const CompileOptions& options);

// `count` rules: of `real`, evenly spread, and behind them of `copies`. Fewer, when there are not as many.
std::vector<RuleText> GrowRules(const std::vector<RuleText>& real, const std::vector<RuleText>& copies, size_t count);

}  // namespace eqlc
