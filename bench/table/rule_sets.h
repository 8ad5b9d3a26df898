// The rulesets that the table is measured with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/measure/grown_rules.h"
#include "eqlc/compile.hpp"

namespace eqlc::bench {

struct RuleSet {
  std::vector<RuleText> texts;
  std::shared_ptr<const Program> program;
  double compile_seconds = 0;  // processor time, machine code included
};

RuleSet CompileSet(std::vector<RuleText> texts);

}  // namespace eqlc::bench
