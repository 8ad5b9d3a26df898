// The index as text, and what of it the author of a rule should know.
// Tested by tests/unit/compiler/index/build_index_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "compiler/index/build_index.h"
#include "compiler/index/requirement.h"
#include "compiler/index/tables.h"
#include "compiler/opt/cost.h"

namespace eqlc::index {
namespace {

// `process.name = "nc"`, `process.name ^ ?"\\tmp"`.
std::string TestText(const ir::Module& module, const abi::ImageTest& test) {
  const std::string& field = module.fields()[test.field];
  if (test.kind == TestKind::kPresent) return field + " present";
  const std::string literal = ir::PrintLiteral(module.literals()[test.literal]);
  switch (test.kind) {
    case TestKind::kPresent:
      break;
    case TestKind::kEqual:
      return fmt::format("{} = {}", field, literal);
    case TestKind::kPrefix:
      return fmt::format("{} begins {}{}", field, test.skip != 0 ? "?" : "", literal);
    case TestKind::kSuffix:
      return fmt::format("{} ends {}", field, literal);
    case TestKind::kContains:
      return fmt::format("{} contains {}", field, literal);
  }
  return {};
}

std::string ClauseText(const ir::Module& module, const abi::ImageClause& clause) {
  std::string text = "  ";
  for (const abi::ImageTest& test : TestsOf(module.index, clause)) {
    if (text.size() > 2) text += " or ";
    text += TestText(module, test);
  }
  return text + '\n';
}

// Of all its leaves together, as opt::CostOf has them.
double CostOfCondition(const ir::Module& module, abi::ExprId condition) {
  double cost = 0;
  std::set<abi::ExprId> seen;
  std::vector<abi::ExprId> open = {condition};
  while (!open.empty()) {
    const abi::ExprId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    if (module.expr(id).op == abi::Op::kLeaf) {
      cost += opt::CostOf(module, id);
    } else {
      open.insert(open.end(), module.args(id).begin(), module.args(id).end());
    }
  }
  return cost;
}

// `rule-id`, `rule-id[2]` for an item of a sequence, `rule-id[until]`.
std::vector<std::vector<std::string>> UsersByCondition(const ir::Module& module) {
  std::vector<std::vector<std::string>> users(module.conditions().size());
  for (const ir::Rule& rule : module.rules()) {
    const bool is_event = rule.kind == RuleKind::kEvent;
    for (size_t i = 0; i < rule.items.size(); ++i) {
      users[rule.items[i].condition].push_back(is_event ? rule.id : fmt::format("{}[{}]", rule.id, i + 1));
    }
    if (rule.has_until) users[rule.until.condition].push_back(rule.id + "[until]");
  }
  return users;
}

// A clause that tells events of one kind apart.
bool IsSelective(const ir::Module& module, const abi::ImageClause& clause) {
  return std::ranges::all_of(TestsOf(module.index, clause), [&](const abi::ImageTest& test) {
    return test.kind != TestKind::kPresent && !opt::IsBroad(module.fields()[test.field]);
  });
}

// Empty when the index filters the condition well.
std::string WhyUnfiltered(ir::Module& module, abi::ConditionId condition) {
  const auto clauses = ClausesOf(module.index, module.index.requirements[condition]);
  if (clauses.empty()) {
    return "it is evaluated for every event: " + WhyNone(module, module.conditions()[condition]);
  }
  const auto is_selective = [&](const abi::ImageClause& clause) { return IsSelective(module, clause); };
  if (std::ranges::any_of(clauses, is_selective)) return {};
  std::string why = "it is evaluated for every event with";
  for (const abi::ImageClause& clause : clauses) {
    std::string text = ClauseText(module, clause);
    text.pop_back();
    why += (why.ends_with("with") ? "" : " and") + text.substr(1);
  }
  return why;
}

}  // namespace

std::vector<UnfilteredRule> UnfilteredRules(ir::Module& module) {
  std::vector<UnfilteredRule> found;
  for (uint32_t r = 0; r < module.rules().size(); ++r) {
    const ir::Rule& rule = module.rules()[r];
    for (const ir::Item& item : rule.items) {
      std::string why = WhyUnfiltered(module, item.condition);
      if (why.empty()) continue;
      found.push_back({r, std::move(why)});
      break;
    }
  }
  return found;
}

std::string PrintIndex(ir::Module& module) {
  std::string text = "signature";
  for (const abi::ImageSignatureField& part : module.index.signature) text += " " + module.fields()[part.field];
  text += '\n';
  const auto users = UsersByCondition(module);
  for (abi::ConditionId id = 0; id < module.conditions().size(); ++id) {
    text += fmt::format("condition #{} of {}\n", id, fmt::join(users[id], ", "));
    const auto clauses = ClausesOf(module.index, module.index.requirements[id]);
    for (const abi::ImageClause& clause : clauses) text += ClauseText(module, clause);
    if (!clauses.empty()) continue;
    const abi::ExprId root = module.conditions()[id];
    text += fmt::format("  always, at a cost of {:.0f}: {}\n", CostOfCondition(module, root), WhyNone(module, root));
  }
  return text;
}

}  // namespace eqlc::index
