// Verify finds what is wrong with a module.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "compiler/ir/ir.h"

namespace eqlc::ir {
namespace {

using ::testing::HasSubstr;

// A module in good order to break: %0 field, %1 constant, %2 comparison, %3 leaf, condition #0.
Module Good() {
  Module m;
  const ExprId args[] = {m.Make(Op::kField, {}, m.Field("a")), m.Const({abi::ValueKind::kInt, 1, {}})};
  const ExprId eq = m.Make(Op::kEq, args);
  m.AddCondition(m.Make(Op::kLeaf, {&eq, 1}));
  return m;
}

constexpr ExprId kField = 0;
constexpr ExprId kConst = 1;
constexpr ExprId kLeaf = 3;

void Make(Module& m, Op op, std::vector<ExprId> args, uint32_t aux = abi::kNone, uint8_t flags = 0) {
  m.Make(op, args, aux, flags);
}

Rule MakeRule() { return Rule{.id = "r", .name = {}, .severity = {}, .items = {Item{.condition = 0, .keys = {}}}}; }

TEST(Verify, AcceptsGoodModules) {
  EXPECT_EQ(Verify(Module()), "");
  Module m = Good();
  m.AddRule(MakeRule());
  EXPECT_EQ(Verify(m), "");
}

TEST(Verify, NamesTheBrokenNode) {
  struct Case {
    std::function<void(Module&)> damage;
    const char* problem;
  };
  const std::vector<Case> cases = {
      {[](Module& m) { Make(m, Op::kEq, {kField}); }, "%4: wrong number of arguments"},
      {[](Module& m) { Make(m, static_cast<Op>(99), {}); }, "%4: unknown operator"},
      {[](Module& m) { Make(m, Op::kNot, {77}); }, "%4: an argument does not stand before its user"},
      {[](Module& m) { Make(m, Op::kField, {}, 9); }, "%4: aux is out of range"},
      {[](Module& m) { Make(m, Op::kConst, {}, 9); }, "%4: aux is out of range"},
      {[](Module& m) { Make(m, Op::kCall, {kField}, 0); }, "%4: aux is out of range"},
      {[](Module& m) { Make(m, Op::kNot, {kField}, 1); }, "%4: aux is out of range"},
      {[](Module& m) { Make(m, Op::kNot, {kField}, abi::kNone, 4); }, "%4: unknown flag"},
      {[](Module& m) { Make(m, Op::kNot, {kLeaf}); }, "%4: takes value expressions"},
      {[](Module& m) { Make(m, Op::kLeaf, {kLeaf}); }, "%4: takes value expressions"},
      {[](Module& m) { Make(m, Op::kNever, {kField}); }, "%4: takes conditions"},
      {[](Module& m) { Make(m, Op::kAll, {kLeaf, kField}); }, "%4: takes conditions"},
      {[](Module& m) { Make(m, Op::kNever, {m.True()}); }, "%5: its argument is no leaf"},
      {[](Module& m) { Make(m, Op::kAnyElement, {kLeaf}, 0); }, "%4: aux is out of range"},
      {[](Module& m) { Make(m, Op::kAnyElement, {kField}, m.Scope(m.Elements("s"), 0)); }, "%4: takes conditions"},
      {[](Module& m) {
         const FieldId member = m.Member(m.Scope(m.Elements("s"), 0), m.Field("s.x"));
         const ExprId field = m.Make(Op::kField, {}, member);
         m.AddCondition(m.Make(Op::kLeaf, {&field, 1}));
       },
       "condition #1: it reads an element outside of any search"},
      {[](Module& m) { Make(m, Op::kAnd, {}); }, "%4: has no operand"},
      {[](Module& m) { Make(m, Op::kIn, {kField}); }, "%4: needs an operand and constants"},
      {[](Module& m) { Make(m, Op::kIn, {kConst, kField}); }, "%4: needs an operand and constants"},
      {[](Module& m) { Make(m, Op::kLike, {kField, kConst}); }, "%4: needs an operand and string constants"},
      {[](Module& m) { m.AddCondition(kField); }, "condition #1: its root is no condition"},
      {[](Module& m) { m.AddCondition(77); }, "condition #1: its root is no condition"},
      {[](Module& m) { m.timestamp_field = 5; }, "module: a settings' field does not exist"},
  };
  for (const Case& c : cases) {
    Module m = Good();
    c.damage(m);
    EXPECT_THAT(Verify(m), HasSubstr(c.problem));
  }
}

TEST(Verify, NamesTheBrokenRule) {
  struct Case {
    std::function<void(Rule&)> damage;
    const char* problem;
  };
  const Item item{.condition = 0, .keys = {}};
  const std::vector<Case> cases = {
      {[](Rule& r) { r.items.clear(); }, "has no item"},
      {[&](Rule& r) { r.items.push_back(item); }, "an event rule has one item"},
      {[&](Rule& r) { r.has_until = true, r.until = item; }, "an event rule has one item"},
      {[](Rule& r) { r.items[0].condition = 7; }, "condition does not exist"},
      {[](Rule& r) { r.items[0].runs = 0; }, "runs is out of range"},
      {[](Rule& r) { r.items[0].runs = 101; }, "runs is out of range"},
      {[](Rule& r) { r.items[0].keys.push_back({9, false}); }, "a key's field does not exist"},
      {[&](Rule& r) {
         r.kind = RuleKind::kSequence;
         r.items[0].keys.push_back({0, false});
         r.items.push_back(item);
       },
       "different numbers of keys"},
  };
  for (const Case& c : cases) {
    Module m = Good();
    Rule rule = MakeRule();
    c.damage(rule);
    m.AddRule(rule);
    EXPECT_THAT(Verify(m), HasSubstr("rule \"r\": "));
    EXPECT_THAT(Verify(m), HasSubstr(c.problem));
  }
}

}  // namespace
}  // namespace eqlc::ir
