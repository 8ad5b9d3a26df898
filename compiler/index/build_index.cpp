// Tested by tests/unit/compiler/index/build_index_test.cpp.
#include "compiler/index/build_index.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/index/requirement.h"
#include "compiler/index/tables.h"
#include "eqlc/limits.hpp"

namespace eqlc::index {
namespace {

// A signature field splits the conditions into few classes: a field with more literals than this (process.name) would
// make partitions that no two events share.
constexpr size_t kMaxSignatureLiterals = 256;
// ... and is worth a look-up only where it decides about a good part of the conditions.
constexpr size_t kMinSignatureShare = 8;  // one in eight

void Append(const Requirement& requirement, ir::IndexTables& tables) {
  tables.requirements.push_back(
      {static_cast<uint32_t>(tables.clauses.size()), static_cast<uint32_t>(requirement.size())});
  for (const Clause& clause : requirement) {
    tables.clauses.push_back({static_cast<uint32_t>(tables.tests.size()), static_cast<uint32_t>(clause.size())});
    for (const Test& test : clause) tables.tests.push_back({test.field, test.literal, test.kind, test.skip, {}});
  }
}

// How a field would do as a part of the signature.
struct FieldUse {
  size_t conditions = 0;                 // with an exact clause over this field alone
  std::vector<abi::LiteralId> literals;  // each once
  // A number equals texts too, which look different ("4" and "4.0"); a signature tells values apart by their looks.
  bool has_numbers = false;
};

std::vector<FieldUse> CountUses(const ir::Module& module) {
  std::vector<FieldUse> uses(module.fields().size());
  for (const abi::ImageRequirement& requirement : module.index.requirements) {
    for (const abi::ImageClause& clause : ClausesOf(module.index, requirement)) {
      const auto tests = TestsOf(module.index, clause);
      const bool is_exact_and_alone = std::ranges::all_of(tests, [&](const abi::ImageTest& test) {
        return test.kind == TestKind::kEqual && test.field == tests[0].field;
      });
      if (is_exact_and_alone) ++uses[tests[0].field].conditions;
      for (const abi::ImageTest& test : tests) {
        if (test.kind == TestKind::kEqual) uses[test.field].literals.push_back(test.literal);
      }
    }
  }
  for (FieldUse& use : uses) {
    std::ranges::sort(use.literals);
    const auto repeated = std::ranges::unique(use.literals);
    use.literals.erase(repeated.begin(), repeated.end());
    use.has_numbers = std::ranges::any_of(
        use.literals, [&](abi::LiteralId literal) { return module.literals()[literal].value().is_number(); });
  }
  return uses;
}

}  // namespace

void AddRequirements(ir::Module& module) {
  for (size_t i = 0; i < module.conditions().size(); ++i) Append(Derive(module, module.conditions()[i]), module.index);
}

void ChooseSignature(ir::Module& module) {
  const std::vector<FieldUse> uses = CountUses(module);
  std::vector<abi::FieldId> order;
  for (abi::FieldId field = 0; field < uses.size(); ++field) {
    const FieldUse& use = uses[field];
    const bool is_common = use.conditions > 0 && use.conditions * kMinSignatureShare >= module.conditions().size();
    if (is_common && !use.has_numbers && use.literals.size() <= kMaxSignatureLiterals) order.push_back(field);
  }
  std::ranges::sort(order, [&](abi::FieldId a, abi::FieldId b) {
    return std::pair(uses[b].conditions, a) < std::pair(uses[a].conditions, b);
  });
  order.resize(std::min<size_t>(order.size(), limits::kMaxSignatureFields));
  for (const abi::FieldId field : order) module.index.signature.push_back({field});
}

}  // namespace eqlc::index
