// What passes make of a query, for their tests.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "compiler/opt/passes.h"
#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::testing {

using PassFunction = void (*)(ir::Module&);

// The condition of `any where <text>` after the passes, as an S-expression.
inline std::string After(std::initializer_list<PassFunction> passes, std::string_view text,
                         Dialect dialect = Dialect::kElastic) {
  ir::Module module;
  for (const std::string& finding : AddRule("any where " + std::string(text), module, dialect)) return finding;
  if (module.rules().empty()) return "no rule";
  for (const PassFunction pass : passes) {
    pass(module);
    if (const std::string problem = ir::Verify(module); !problem.empty()) return problem;
  }
  return ir::PrintExpr(module, module.conditions()[module.rules()[0].items[0].condition]);
}

}  // namespace eqlc::testing
