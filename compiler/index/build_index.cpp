// Tested by tests/unit/compiler/index/build_index_test.cpp.
#include "compiler/index/build_index.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/index/requirement.h"
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
  size_t conditions = 0;  // with an exact clause over this field alone
  std::set<abi::LiteralId> literals;
  // A number equals texts too, which look different ("4" and "4.0"); a signature tells values apart by their looks.
  bool has_numbers = false;
};

std::vector<FieldUse> CountUses(const ir::Module& module, const std::vector<Requirement>& requirements) {
  std::vector<FieldUse> uses(module.fields().size());
  for (const Requirement& requirement : requirements) {
    for (const Clause& clause : requirement) {
      if (IsExact(clause) && FieldsOf(clause).size() == 1) ++uses[clause[0].field].conditions;
      for (const Test& test : clause) {
        if (test.kind != TestKind::kEqual) continue;
        uses[test.field].literals.insert(test.literal);
        uses[test.field].has_numbers |= module.literals()[test.literal].value().is_number();
      }
    }
  }
  return uses;
}

std::vector<abi::ImageSignatureField> ChooseSignature(const ir::Module& module,
                                                      const std::vector<Requirement>& requirements) {
  const std::vector<FieldUse> uses = CountUses(module, requirements);
  std::vector<abi::FieldId> order;
  for (abi::FieldId field = 0; field < uses.size(); ++field) {
    const FieldUse& use = uses[field];
    const bool is_common = use.conditions > 0 && use.conditions * kMinSignatureShare >= requirements.size();
    if (is_common && !use.has_numbers && use.literals.size() <= kMaxSignatureLiterals) order.push_back(field);
  }
  std::ranges::sort(order, [&](abi::FieldId a, abi::FieldId b) {
    return std::pair(uses[b].conditions, a) < std::pair(uses[a].conditions, b);
  });
  order.resize(std::min<size_t>(order.size(), limits::kMaxSignatureFields));
  std::vector<abi::ImageSignatureField> signature;
  for (const abi::FieldId field : order) signature.push_back({field});
  return signature;
}

}  // namespace

void BuildIndex(ir::Module& module) {
  std::vector<Requirement> requirements;
  for (size_t i = 0; i < module.conditions().size(); ++i) {
    requirements.push_back(Derive(module, module.conditions()[i]));
  }
  ir::IndexTables tables;
  for (const Requirement& requirement : requirements) Append(requirement, tables);
  tables.signature = ChooseSignature(module, requirements);
  module.index = std::move(tables);
}

}  // namespace eqlc::index
