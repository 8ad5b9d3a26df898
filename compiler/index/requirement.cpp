// From leaves upwards: `all` has the clauses of each operand; `any` has clauses only where every operand has one, and
// then unites them. Recursion is bounded by the nesting of conditions, as everywhere in the IR.
// Tested by tests/unit/compiler/index/requirement_test.cpp.
#include "compiler/index/requirement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

#include "compiler/index/leaf_tests.h"
#include "eqlc/limits.hpp"

namespace eqlc::index {
namespace {

using abi::ExprId;
using abi::Op;

// A clause over many fields is checked field by field, and gains little.
constexpr size_t kMaxFieldsOfClause = 6;

// Tests of a field lie together.
size_t CountFields(const Clause& clause) {
  size_t count = 0;
  for (size_t i = 0; i < clause.size(); ++i) count += i == 0 || clause[i].field != clause[i - 1].field ? 1 : 0;
  return count;
}

bool HaveSameFields(const Clause& a, const Clause& b) {
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const abi::FieldId field = a[i].field;
    if (b[j].field != field) return false;
    while (i < a.size() && a[i].field == field) ++i;
    while (j < b.size() && b[j].field == field) ++j;
  }
  return i == a.size() && j == b.size();
}

// Which of two clauses is the better one: exact ones first, presence last, then few tests, then long texts, which
// are rarer. What they are about makes the order total, by names rather than numbers, which other rules and passes may
// change.
class Better {
 public:
  explicit Better(const ir::Module& module) : module_(module) {}

  bool operator()(const Clause& a, const Clause& b) const {
    const auto rank_a = RankOf(a), rank_b = RankOf(b);
    if (rank_a != rank_b) return rank_a < rank_b;
    return std::ranges::lexicographical_compare(
        a, b, [this](const Test& x, const Test& y) { return ContentsOf(x) < ContentsOf(y); });
  }

 private:
  // Smaller is better.
  using Rank = std::tuple<bool, bool, size_t, size_t, size_t, size_t>;

  Rank RankOf(const Clause& clause) const {
    size_t patterns = 0;
    bool present = false;
    size_t shortest = SIZE_MAX;
    for (const Test& test : clause) {
      patterns += test.kind != TestKind::kEqual;
      present |= test.kind == TestKind::kPresent;
      shortest = std::min(shortest, TextOf(test).size());
    }
    return {present, patterns != 0, CountFields(clause), clause.size(), patterns, SIZE_MAX - shortest};
  }

  std::tuple<std::string_view, TestKind, uint8_t, std::string_view, abi::LiteralId> ContentsOf(const Test& test) const {
    return {module_.fields()[test.field], test.kind, test.skip, TextOf(test), test.literal};
  }

  std::string_view TextOf(const Test& test) const {
    return test.literal == abi::kNone ? std::string_view() : std::string_view(module_.literals()[test.literal].text);
  }

  const ir::Module& module_;
};

// Tests of a field whose presence is enough add nothing.
void DropCovered(Clause& clause) {
  std::vector<abi::FieldId> present;
  for (const Test& test : clause) {
    if (test.kind == TestKind::kPresent) present.push_back(test.field);
  }
  std::erase_if(clause, [&](const Test& test) {
    return test.kind != TestKind::kPresent && std::ranges::binary_search(present, test.field);
  });
}

Clause Unite(const Clause& a, const Clause& b) {
  Clause both;
  std::ranges::set_union(a, b, std::back_inserter(both));
  DropCovered(both);
  return both;
}

bool IsSmall(const Clause& clause) {
  return clause.size() <= limits::kMaxTestsPerClause && CountFields(clause) <= kMaxFieldsOfClause;
}

// All tests are look-ups of whole values.
bool IsExact(const Clause& clause) {
  return std::ranges::all_of(clause, [](const Test& test) { return test.kind == TestKind::kEqual; });
}

bool HasPresence(const Clause& clause) {
  return std::ranges::any_of(clause, [](const Test& test) { return test.kind == TestKind::kPresent; });
}

// Over the same fields only the best exact clause and the best with patterns stay, and presence only where there is
// neither: the index tests a condition once for each set of fields and strength. Both of two clauses cannot be merged
// into one, because a field with two values may satisfy them with one each.
void Tidy(const ir::Module& module, Requirement& requirement) {
  std::ranges::sort(requirement, Better(module));
  Requirement kept;
  for (Clause& clause : requirement) {
    const auto covers = [&](const Clause& better) {
      return HaveSameFields(better, clause) && (IsExact(better) == IsExact(clause) || HasPresence(clause));
    };
    if (kept.size() < limits::kMaxClausesPerCondition && std::ranges::none_of(kept, covers)) {
      kept.push_back(std::move(clause));
    }
  }
  requirement = std::move(kept);
}

// The best clause over exactly the fields of `like`, or null.
const Clause* FindLike(const Requirement& requirement, const Clause& like) {
  const auto found =
      std::ranges::find_if(requirement, [&](const Clause& clause) { return HaveSameFields(clause, like); });
  return found == requirement.end() ? nullptr : &*found;
}

class Deriver {
 public:
  explicit Deriver(ir::Module& module) : module_(module) {}

  Requirement Condition(ExprId id) {
    switch (module_.expr(id).op) {
      case Op::kLeaf: {
        std::optional<Clause> clause = LeafTests(module_, id);
        if (!clause || !IsSmall(*clause)) return {};
        return {std::move(*clause)};
      }
      case Op::kNever:
        return Never(id);
      case Op::kAll:
        return All(id);
      case Op::kAny:
        return Any(id);
      default:
        return {};
    }
  }

 private:
  // A negated leaf holds for a missing field, but for the leaf that asks just that.
  Requirement Never(ExprId id) {
    const ExprId tested = module_.args(module_.args(id)[0])[0];
    if (module_.expr(tested).op != Op::kIsNull) return {};
    const ir::ExprNode& operand = module_.expr(module_.args(tested)[0]);
    if (operand.op != Op::kField || !CanProbe(module_, operand.aux)) return {};
    return {{{operand.aux, TestKind::kPresent}}};
  }

  Requirement All(ExprId id) {
    Requirement all;
    for (const ExprId arg : module_.args(id)) {
      Requirement one = Condition(arg);
      std::ranges::move(one, std::back_inserter(all));
    }
    Tidy(module_, all);
    return all;
  }

  Requirement Any(ExprId id) {
    std::vector<Requirement> operands;
    for (const ExprId arg : module_.args(id)) {
      operands.push_back(Condition(arg));
      if (operands.back().empty()) return {};
    }
    return operands.empty() ? Requirement() : UniteAll(operands);
  }

  // One clause for each set of fields that all operands have a clause for, and one from the best others of each.
  Requirement UniteAll(const std::vector<Requirement>& operands) const {
    Requirement united;
    std::vector<const Clause*> common;  // by their fields
    for (const Clause& clause : operands[0]) {
      if (AddUnion(operands, [&](const Requirement& operand) { return FindLike(operand, clause); }, united)) {
        common.push_back(&clause);
      }
    }
    const auto best_other = [&](const Requirement& operand) {
      const auto is_other = [&](const Clause& clause) {
        return std::ranges::none_of(common, [&](const Clause* one) { return HaveSameFields(*one, clause); });
      };
      const auto other = std::ranges::find_if(operand, is_other);
      return other == operand.end() ? &operand[0] : &*other;
    };
    AddUnion(operands, best_other, united);
    Tidy(module_, united);
    return united;
  }

  template <typename Choose>
  static bool AddUnion(const std::vector<Requirement>& operands, const Choose& choose, Requirement& united) {
    Clause whole;
    for (const Requirement& operand : operands) {
      const Clause* clause = choose(operand);
      if (clause == nullptr) return false;
      whole = Unite(whole, *clause);
      if (!IsSmall(whole)) return false;
    }
    united.push_back(std::move(whole));
    return true;
  }

  ir::Module& module_;
};

}  // namespace

Requirement Derive(ir::Module& module, ExprId condition) { return Deriver(module).Condition(condition); }

std::string WhyNone(ir::Module& module, ExprId condition) {
  const auto args = module.args(condition);
  switch (module.expr(condition).op) {
    case Op::kNever:
      return fmt::format("a negation holds where the field is missing: {}", ir::PrintExpr(module, condition));
    case Op::kAll:
      if (args.empty()) return "it is true for every event";
      return WhyNone(module, args[0]);
    case Op::kAny:
      for (const ExprId arg : args) {
        if (Derive(module, arg).empty()) return "one side of an `or` needs nothing: " + WhyNone(module, arg);
      }
      return args.empty() ? "it is never true" : "the sides of an `or` have too little in common";
    default:
      return fmt::format("no value to look up in {}", ir::PrintExpr(module, condition));
  }
}

}  // namespace eqlc::index
