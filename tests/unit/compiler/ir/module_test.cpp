// Module: hash-consing and normalisation.
#include <gtest/gtest.h>

#include <bit>

#include "compiler/ir/ir.h"

namespace eqlc::ir {
namespace {

class ModuleTest : public ::testing::Test {
 protected:
  ExprId FieldNode(std::string_view path) { return module_.Make(Op::kField, {}, module_.Field(path)); }
  ExprId Text(std::string text) { return module_.Const({abi::ValueKind::kString, 0, std::move(text)}); }
  ExprId LeafOf(std::string_view path) {
    const ExprId args[] = {FieldNode(path), Text("v")};
    const ExprId eq = module_.Make(Op::kEq, args);
    return module_.Make(Op::kLeaf, {&eq, 1});
  }
  ExprId Junction(Op op, std::vector<ExprId> args) { return module_.Make(op, args); }
  std::string Show(ExprId id) { return PrintExpr(module_, id); }
  void TearDown() override { EXPECT_EQ(Verify(module_), ""); }

  Module module_;
};

TEST_F(ModuleTest, EqualNodesAreOne) {
  EXPECT_EQ(LeafOf("a"), LeafOf("a"));
  EXPECT_NE(LeafOf("a"), LeafOf("b"));
  EXPECT_EQ(module_.leaf_count(), 2u);
  EXPECT_EQ(module_.fields().size(), 2u);
  EXPECT_EQ(module_.literals().size(), 1u);
  EXPECT_EQ(module_.expr(LeafOf("b")).aux, 1u);
}

TEST_F(ModuleTest, FlagsAndAuxTellNodesApart) {
  const ExprId args[] = {FieldNode("a"), Text("x")};
  EXPECT_NE(module_.Make(Op::kLike, args), module_.Make(Op::kLike, args, abi::kNone, abi::kFold));
  const uint32_t f = module_.Function("f");
  const uint32_t g = module_.Function("g");
  EXPECT_NE(module_.Make(Op::kCall, args, f), module_.Make(Op::kCall, args, g));
  EXPECT_EQ(module_.Function("f"), f);
}

TEST_F(ModuleTest, LiteralsOfDifferentKindsDiffer) {
  const LiteralId ids[] = {
      module_.AddLiteral({abi::ValueKind::kNull, 0, {}}),   module_.AddLiteral({abi::ValueKind::kBool, 0, {}}),
      module_.AddLiteral({abi::ValueKind::kInt, 0, {}}),    module_.AddLiteral({abi::ValueKind::kUint, 0, {}}),
      module_.AddLiteral({abi::ValueKind::kDouble, 0, {}}), module_.AddLiteral({abi::ValueKind::kString, 0, {}})};
  for (uint32_t i = 0; i < 6; ++i) EXPECT_EQ(ids[i], i);
  EXPECT_EQ(module_.AddLiteral({abi::ValueKind::kInt, 0, {}}), ids[2]);
}

TEST_F(ModuleTest, LiteralsKeepTheirValue) {
  for (const abi::Value& value :
       {abi::Null(), abi::Bool(true), abi::Int(-7), abi::Uint(UINT64_MAX), abi::Double(-0.5), abi::String("text")}) {
    const Literal literal = Literal::Of(value);
    const abi::Value back = literal.value();
    EXPECT_EQ(back.kind, value.kind);
    if (value.is_string()) {
      EXPECT_EQ(back.text(), value.text());
    } else {
      EXPECT_EQ(back.payload.u64, value.payload.u64);
    }
  }
}

TEST_F(ModuleTest, JunctionsAreFlatAndHaveNoDuplicates) {
  const ExprId a = LeafOf("a"), b = LeafOf("b"), c = LeafOf("c");
  EXPECT_EQ(Junction(Op::kAll, {a, Junction(Op::kAll, {b, a}), c}), Junction(Op::kAll, {a, b, c}));
  EXPECT_EQ(Junction(Op::kAny, {b, b, b}), b);
  EXPECT_EQ(Junction(Op::kAny, {a, b}), Junction(Op::kAny, {a, b, Junction(Op::kAny, {a, b})}));
  EXPECT_NE(Junction(Op::kAny, {a, b}), Junction(Op::kAny, {b, a}));
}

TEST_F(ModuleTest, NeutralAndDecisiveOperands) {
  const ExprId a = LeafOf("a"), b = LeafOf("b");
  EXPECT_EQ(Junction(Op::kAll, {a, module_.True()}), a);
  EXPECT_EQ(Junction(Op::kAny, {module_.False(), a}), a);
  EXPECT_EQ(Junction(Op::kAll, {a, module_.False(), b}), module_.False());
  EXPECT_EQ(Junction(Op::kAny, {a, module_.True()}), module_.True());
  EXPECT_EQ(Junction(Op::kAll, {a, b, module_.Negate(a)}), module_.False());
  EXPECT_EQ(Junction(Op::kAny, {module_.Negate(b), a, b}), module_.True());
}

TEST_F(ModuleTest, ThreeValuedJunctionsKeepTheirNode) {
  const ExprId x = FieldNode("x"), y = FieldNode("y"), z = FieldNode("z");
  EXPECT_EQ(Show(Junction(Op::kAnd, {x, Junction(Op::kAnd, {y, x}), z})), "(and x y z)");
  EXPECT_EQ(Show(Junction(Op::kOr, {x, x})), "(or x)");
}

TEST_F(ModuleTest, LeavesOverConstantsAreDecided) {
  const ExprId yes = module_.Const({abi::ValueKind::kBool, 1, {}});
  const ExprId no = module_.Const({abi::ValueKind::kBool, 0, {}});
  const ExprId text = Text("true");
  EXPECT_EQ(module_.Make(Op::kLeaf, {&yes, 1}), module_.True());
  EXPECT_EQ(module_.Make(Op::kLeaf, {&no, 1}), module_.False());
  EXPECT_EQ(module_.Make(Op::kLeaf, {&text, 1}), module_.False());
  EXPECT_EQ(module_.leaf_count(), 0u);
}

TEST_F(ModuleTest, NegationGoesToTheLeavesAndBack) {
  const ExprId a = LeafOf("a"), b = LeafOf("b"), c = LeafOf("c");
  const ExprId condition = Junction(Op::kAll, {a, Junction(Op::kAny, {b, module_.Negate(c)})});
  const ExprId negated = module_.Negate(condition);
  EXPECT_EQ(Show(negated), "(any (never (leaf (eq a \"v\"))) (all (never (leaf (eq b \"v\"))) (leaf (eq c \"v\"))))");
  EXPECT_EQ(module_.Negate(negated), condition);
  EXPECT_EQ(module_.Negate(module_.True()), module_.False());
}

TEST_F(ModuleTest, ConditionsAreShared) {
  const ExprId a = LeafOf("a");
  EXPECT_EQ(module_.AddCondition(a), module_.AddCondition(a));
  EXPECT_EQ(module_.conditions().size(), 1u);
}

TEST_F(ModuleTest, ArgumentsMayComeFromTheModuleItself) {
  std::vector<ExprId> leaves;
  for (int i = 0; i < 100; ++i) leaves.push_back(LeafOf("f" + std::to_string(i)));
  const ExprId all = Junction(Op::kAll, leaves);
  const ExprId any = module_.Make(Op::kAny, module_.args(all));
  EXPECT_TRUE(std::ranges::equal(module_.args(any), leaves));
}

}  // namespace
}  // namespace eqlc::ir
