// A rule from query text, lowered into a module of its own, for tests of the IR.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/build.h"
#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc::testing {

inline RuleSource MakeSource(std::string_view query) {
  return RuleSource{.id = "rule",
                    .name = "A rule",
                    .query = std::string(query),
                    .query_map = SourceMap(std::make_shared<SourceFile>("query", std::string(query))),
                    .parameters = "{}",
                    .event_category_field = {}};
}

// Adds the rule; returns its findings.
inline std::vector<std::string> AddRule(std::string_view text, ir::Module& module, Dialect dialect = Dialect::kElastic,
                                        FieldCatalog* fields = nullptr) {
  CheckedQuery query(text, dialect, fields);
  if (query.typed()) BuildRule(MakeSource(text), *query.typed(), "event.category", module, query.sink());
  return query.Findings();
}

// The condition of `any where <text>` as an S-expression, or its findings.
inline std::string Lowered(std::string_view text, Dialect dialect = Dialect::kElastic, FieldCatalog* fields = nullptr) {
  ir::Module module;
  const std::vector<std::string> findings = AddRule("any where " + std::string(text), module, dialect, fields);
  if (const std::string problem = ir::Verify(module); !problem.empty()) return problem;
  if (module.rules().empty()) {
    std::string all;
    for (const std::string& finding : findings) all += finding + '\n';
    return all;
  }
  return ir::PrintExpr(module, module.conditions()[module.rules()[0].items[0].condition]);
}

}  // namespace eqlc::testing
