// Views of the index as a module holds it.
#pragma once

#include <span>

#include "compiler/ir/ir.h"

namespace eqlc::index {

inline std::span<const abi::ImageClause> ClausesOf(const ir::IndexTables& tables,
                                                   const abi::ImageRequirement& requirement) {
  return std::span(tables.clauses).subspan(requirement.first_clause, requirement.clause_count);
}

inline std::span<const abi::ImageTest> TestsOf(const ir::IndexTables& tables, const abi::ImageClause& clause) {
  return std::span(tables.tests).subspan(clause.first_test, clause.test_count);
}

}  // namespace eqlc::index
