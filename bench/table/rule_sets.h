// The rulesets that the table is measured with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc::bench {

struct RuleSet {
  std::vector<RuleText> texts;
  std::shared_ptr<const Program> program;
  double compile_seconds = 0;  // processor time, machine code included
};

// The rule files below folders, as texts.
std::vector<RuleText> ReadRules(const std::vector<std::string>& folders);

RuleSet CompileSet(std::vector<RuleText> texts);

// `count` of the texts, evenly spread.
std::vector<RuleText> Pick(const std::vector<RuleText>& texts, size_t count);

// `count` copies of the program's rules that cannot match: literals are renamed (rule_copies.h), and a copy of which
// some condition still holds for one of `events` is left out. Fewer, when there are not as many.
std::vector<RuleText> SilentCopies(const Program& program, const EventLines& events, size_t count);

}  // namespace eqlc::bench
