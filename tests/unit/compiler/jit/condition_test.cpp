// Conditions: and, or, negation, shared leaves and their memo.
#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

using abi::Bool;
using abi::Int;
using abi::String;

class ConditionTest : public ::testing::TestWithParam<OptLevel> {
 protected:
  ExprId Flag(std::string_view field) { return rules_.Leaf(rules_.Field(field)); }
  RulesUnderTest rules_;
};

INSTANTIATE_TEST_SUITE_P(Levels, ConditionTest, ::testing::Values(OptLevel::kO0, OptLevel::kO1, OptLevel::kO2),
                         [](const auto& level) { return "O" + std::to_string(static_cast<int>(level.param)); });

TEST_P(ConditionTest, ConstantsAreConditions) {
  const abi::ConditionId yes = rules_.Condition(rules_.module().True());
  const abi::ConditionId no = rules_.Condition(rules_.module().False());
  rules_.Build(GetParam());
  FrameBuffer frame = rules_.NewFrame();
  EXPECT_TRUE(rules_.Native(yes, frame));
  EXPECT_FALSE(rules_.Native(no, frame));
}

TEST_P(ConditionTest, TruthTable) {
  const ExprId a = Flag("a");
  const ExprId b = Flag("b");
  const ExprId not_c = rules_.module().Negate(Flag("c"));
  const abi::ConditionId all_any = rules_.Condition(rules_.Make(Op::kAll, {a, rules_.Make(Op::kAny, {b, not_c})}));
  const abi::ConditionId any_all = rules_.Condition(rules_.Make(Op::kAny, {a, rules_.Make(Op::kAll, {b, not_c})}));
  rules_.Build(GetParam());
  FrameBuffer frame = rules_.NewFrame();
  for (int bits = 0; bits < 8; ++bits) {
    const bool va = bits & 1;
    const bool vb = bits & 2;
    const bool vc = bits & 4;
    Fill(rules_, frame, {{"a", Bool(va)}, {"b", Bool(vb)}, {"c", Bool(vc)}});
    EXPECT_EQ(rules_.Native(all_any, frame), va && (vb || !vc)) << bits;
    EXPECT_EQ(rules_.Native(any_all, frame), va || (vb && !vc)) << bits;
  }
}

TEST_P(ConditionTest, SharedLeafIsEvaluatedOncePerEvent) {
  const ExprId leaf = rules_.Leaf(rules_.Match(Op::kLike, "x", {"*mid*"}));
  const abi::ConditionId first = rules_.Condition(leaf);
  const abi::ConditionId second = rules_.Condition(rules_.module().Negate(leaf));
  rules_.Build(GetParam());
  FrameBuffer frame = rules_.NewFrame();
  Fill(rules_, frame, {{"x", String("amidst")}});
  EXPECT_TRUE(rules_.Native(first, frame));
  const abi::LeafId number = rules_.module().expr(leaf).aux;
  EXPECT_EQ(frame.frame().memo[number], 2 * frame.frame().epoch + 1);

  // The stored answer is believed; the next event has another epoch.
  frame.frame().memo[number] = 2 * frame.frame().epoch;
  EXPECT_FALSE(rules_.Native(first, frame));
  EXPECT_TRUE(rules_.Native(second, frame));
  Fill(rules_, frame, {{"x", String("amidst")}});
  EXPECT_FALSE(rules_.Native(second, frame));
}

TEST_P(ConditionTest, StoredAnswersOfOtherEventsAreIgnored) {
  const ExprId leaf = rules_.Leaf(rules_.Match(Op::kLike, "x", {"*mid*"}));
  const abi::ConditionId condition = rules_.Condition(leaf);
  rules_.Condition(rules_.module().Negate(leaf));
  rules_.Build(GetParam());
  FrameBuffer frame = rules_.NewFrame();
  Fill(rules_, frame, {{"x", String("amidst")}});
  const uint32_t epoch = frame.frame().epoch;
  for (const uint32_t stale : {0u, 1u, 2 * epoch - 1, 2 * epoch - 2, 2 * epoch + 2, 2 * epoch + 3, UINT32_MAX}) {
    frame.frame().memo[rules_.module().expr(leaf).aux] = stale;
    EXPECT_TRUE(rules_.Native(condition, frame)) << stale;
  }
}

TEST_P(ConditionTest, LongFlatListsCompile) {
  std::vector<ExprId> leaves;
  for (int64_t i = 0; i < 400; ++i) {
    leaves.push_back(rules_.Leaf(rules_.Make(Op::kEq, {rules_.Field("x"), rules_.Const(i)})));
  }
  const abi::ConditionId condition = rules_.Condition(rules_.Make(Op::kAny, leaves));
  rules_.Build(GetParam());
  FrameBuffer frame = rules_.NewFrame();
  Fill(rules_, frame, {{"x", Int(399)}});
  EXPECT_TRUE(rules_.Native(condition, frame));
  Fill(rules_, frame, {{"x", Int(400)}});
  EXPECT_FALSE(rules_.Native(condition, frame));
}

}  // namespace
}  // namespace eqlc::testing
