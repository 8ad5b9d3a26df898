#include "compiler/ir/aliases.h"

#include <gtest/gtest.h>

namespace eqlc::ir {
namespace {

class AliasesTest : public ::testing::Test {
 protected:
  // A leaf over a field of the event, or of an earlier one.
  ExprId Plain(std::string_view path) { return Leaf(module_.Field(path)); }
  ExprId Alias(std::string_view path) { return Leaf(module_.AliasField(0, path)); }
  ExprId Leaf(FieldId field) {
    const ExprId value = module_.Make(Op::kField, {}, field);
    return module_.Make(Op::kLeaf, {&value, 1});
  }
  ExprId All(std::initializer_list<ExprId> args) { return module_.Make(Op::kAll, {args.begin(), args.size()}); }
  ExprId Any(std::initializer_list<ExprId> args) { return module_.Make(Op::kAny, {args.begin(), args.size()}); }

  void Expect(ExprId root, const char* condition, const char* residual) {
    const SplitCondition split = SplitAliases(module_, root);
    EXPECT_EQ(PrintExpr(module_, split.condition), condition);
    EXPECT_EQ(split.residual == abi::kNone ? "" : PrintExpr(module_, split.residual), residual);
  }

  Module module_;
};

TEST_F(AliasesTest, WithoutAliasNothingIsLeft) { Expect(All({Plain("a"), Plain("b")}), "(all (leaf a) (leaf b))", ""); }

TEST_F(AliasesTest, OperandsOfAConjunctionPart) {
  Expect(All({Plain("a"), Alias("b"), module_.Negate(Alias("c")), Plain("d")}), "(all (leaf a) (leaf d))",
         "(all (leaf @0:b) (never (leaf @0:c)))");
}

TEST_F(AliasesTest, AnAliasAloneLeavesNoCondition) { Expect(Alias("a"), "(all)", "(leaf @0:a)"); }

// What the branches ask of the event itself is asked first.
TEST_F(AliasesTest, BranchesAreRelaxed) {
  Expect(All({Plain("k"), Any({All({Plain("a"), Alias("b")}), All({Plain("c"), Alias("d")})})}),
         "(all (leaf k) (any (leaf a) (leaf c)))", "(any (all (leaf a) (leaf @0:b)) (all (leaf c) (leaf @0:d)))");
}

TEST_F(AliasesTest, ABranchOfAliasesAloneRelaxesToTrue) {
  Expect(All({Plain("k"), Any({Plain("a"), Alias("b")})}), "(leaf k)", "(any (leaf a) (leaf @0:b))");
}

}  // namespace
}  // namespace eqlc::ir
