#include "runtime/interp/interp.h"

#include <gtest/gtest.h>

#include <memory>

#include "eqlc/limits.hpp"
#include "runtime/event/frame_buffer.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using abi::ExprId;
using abi::Op;
using testing::ImageBuilder;

constexpr abi::FieldId kX = 0;
constexpr abi::FieldId kY = 1;

// A program over the fields x and y, whose value expressions are ids 0 and 1.
class InterpTest : public ::testing::Test {
 protected:
  InterpTest() : x(b.Field("x")), y(b.Field("y")) {}

  // Links what was built with `root` as condition 0.
  void Link(ExprId root) {
    b.Condition(root);
    auto image = Image::Parse(b.Build());
    ASSERT_TRUE(image.ok()) << image.error().message;
    auto program = LinkProgram(std::move(*image), nullptr);
    ASSERT_TRUE(program.ok()) << program.error().message;
    program_ = *program;
    frame_ = std::make_unique<FrameBuffer>(2, b.leaf_count);
  }
  void LinkLeaf(ExprId argument) { Link(b.Leaf(argument)); }

  bool Holds(std::vector<abi::Value> xs, std::vector<abi::Value> ys = {}) {
    frame_->Clear();
    for (const abi::Value& v : xs) EXPECT_TRUE(frame_->Append(kX, v));
    for (const abi::Value& v : ys) EXPECT_TRUE(frame_->Append(kY, v));
    return EvalCondition(program_->impl(), frame_->frame(), 0);
  }

  ImageBuilder b;
  ExprId x;
  ExprId y;
  std::shared_ptr<const Program> program_;
  std::unique_ptr<FrameBuffer> frame_;
};

const abi::Value kOne = abi::Int(1);
const abi::Value kTwo = abi::Int(2);
const abi::Value kTrue = abi::Bool(true);
const abi::Value kFalse = abi::Bool(false);
const abi::Value kA = abi::String("a");
const abi::Value kB = abi::String("b");

TEST_F(InterpTest, LeafIsFalseWhenUnknown) {
  LinkLeaf(b.Node(Op::kEq, {x, b.Int(1)}));
  EXPECT_TRUE(Holds({kOne}));
  EXPECT_FALSE(Holds({kTwo}));
  EXPECT_FALSE(Holds({}));
}

TEST_F(InterpTest, NeverIsTrueWhenUnknown) {
  Link(b.Node(Op::kNever, {b.Leaf(b.Node(Op::kEq, {x, b.Int(1)}))}));
  EXPECT_FALSE(Holds({kOne}));
  EXPECT_TRUE(Holds({kTwo}));
  EXPECT_TRUE(Holds({}));
}

TEST_F(InterpTest, LeafNeedsOneValueAndNeverNone) {
  const ExprId leaf = b.Leaf(b.Node(Op::kEq, {x, b.Str("a")}));
  Link(b.Node(Op::kAll, {leaf, b.Node(Op::kNever, {b.Leaf(b.Node(Op::kEq, {x, b.Str("b")}))})}));
  EXPECT_TRUE(Holds({kA}));
  EXPECT_TRUE(Holds({kOne, kA}));
  EXPECT_FALSE(Holds({kA, kB}));
  EXPECT_FALSE(Holds({kB, kA}));
}

TEST_F(InterpTest, LeavesChooseIndependently) {
  const ExprId above = b.Leaf(b.Node(Op::kGt, {x, b.Int(100)}));
  const ExprId below = b.Leaf(b.Node(Op::kLt, {x, b.Int(200)}));
  Link(b.Node(Op::kAll, {above, below}));
  EXPECT_TRUE(Holds({abi::Int(50), abi::Int(300)}));
  EXPECT_FALSE(Holds({abi::Int(50)}));
}

TEST_F(InterpTest, AFieldIsOneVariableWithinALeaf) {
  LinkLeaf(b.Node(Op::kEq, {b.Node(Op::kAdd, {x, x}), b.Int(3)}));
  EXPECT_FALSE(Holds({kOne, kTwo}));
}

TEST_F(InterpTest, TriesAllCombinationsOfTwoFields) {
  LinkLeaf(b.Node(Op::kEq, {b.Node(Op::kAdd, {b.Node(Op::kMul, {x, b.Int(10)}), y}), b.Int(23)}));
  const std::vector<abi::Value> values = {kOne, kTwo, abi::Int(3)};
  EXPECT_TRUE(Holds(values, values));
  EXPECT_FALSE(Holds({kOne, abi::Int(3)}, values));
  EXPECT_FALSE(Holds(values, {}));
}

TEST_F(InterpTest, GivesUpAfterTheAllowedCombinations) {
  LinkLeaf(b.Node(Op::kAnd, {b.Node(Op::kEq, {x, b.Int(-1)}), b.Node(Op::kEq, {y, b.Int(-1)})}));
  std::vector<abi::Value> many;
  for (uint64_t i = 0; i * i <= limits::kMaxCombinationsPerLeaf; ++i) many.push_back(abi::Int(static_cast<int64_t>(i)));
  many.push_back(abi::Int(-1));  // the last combination is the right one
  EXPECT_FALSE(Holds(many, many));
}

TEST_F(InterpTest, IsNullAsksForTheAbsenceOfValues) {
  LinkLeaf(b.Node(Op::kIsNull, {x}));
  EXPECT_TRUE(Holds({}));
  EXPECT_FALSE(Holds({kA}));
}

TEST_F(InterpTest, NullPropagatesBelowALeaf) {
  LinkLeaf(b.Node(Op::kIsNull, {b.Node(Op::kGt, {x, b.Int(-1)})}));
  EXPECT_TRUE(Holds({}));
  EXPECT_FALSE(Holds({kOne}));
}

TEST_F(InterpTest, BareFieldHoldsForTrueOnly) {
  LinkLeaf(x);
  EXPECT_TRUE(Holds({kTrue}));
  EXPECT_TRUE(Holds({kFalse, kTrue}));
  EXPECT_FALSE(Holds({kFalse}));
  EXPECT_FALSE(Holds({kOne}));
  EXPECT_FALSE(Holds({abi::String("true")}));
  EXPECT_FALSE(Holds({}));
}

TEST_F(InterpTest, EmptyJunctionsAreConstants) {
  Link(b.Node(Op::kAll, {b.Node(Op::kAny, {}), b.Leaf(x)}));
  EXPECT_FALSE(Holds({kTrue}));
}

TEST_F(InterpTest, AnyAndAllOfLeaves) {
  const ExprId leaf_x = b.Leaf(x);
  const ExprId leaf_y = b.Leaf(y);
  const ExprId either = b.Node(Op::kAny, {leaf_x, leaf_y});
  Link(b.Node(Op::kAll, {either, b.Node(Op::kNever, {leaf_y})}));
  EXPECT_TRUE(Holds({kTrue}, {}));
  EXPECT_FALSE(Holds({}, {kTrue}));
  EXPECT_FALSE(Holds({kTrue}, {kTrue}));
  EXPECT_FALSE(Holds({}, {}));
}

TEST_F(InterpTest, RemembersLeavesForOneEventOnly) {
  LinkLeaf(x);
  EXPECT_TRUE(Holds({kTrue}));
  EXPECT_TRUE(EvalCondition(program_->impl(), frame_->frame(), 0));
  // A result that is already there is used.
  frame_->frame().memo[0] ^= 1;
  EXPECT_FALSE(EvalCondition(program_->impl(), frame_->frame(), 0));
  EXPECT_FALSE(Holds({}));
  EXPECT_TRUE(Holds({kTrue}));
}

TEST_F(InterpTest, InTakesWildcardsLiterally) {
  LinkLeaf(b.Node(Op::kIn, {x, b.Str("a*"), b.Int(1)}));
  EXPECT_TRUE(Holds({abi::String("a*")}));
  EXPECT_TRUE(Holds({kOne}));
  EXPECT_FALSE(Holds({abi::String("ab")}));
  EXPECT_FALSE(Holds({abi::String("A*")}));
}

TEST_F(InterpTest, LikeFoldsOnRequest) {
  LinkLeaf(b.Node(Op::kLike, {x, b.Str("a*Z"), b.Str("q?")}, abi::kNone, abi::kFold));
  EXPECT_TRUE(Holds({abi::String("Abcz")}));
  EXPECT_TRUE(Holds({abi::String("Qx")}));
  EXPECT_FALSE(Holds({abi::String("q")}));
}

TEST_F(InterpTest, RegexMatchesWholeValues) {
  LinkLeaf(b.Node(Op::kRegex, {x, b.Str("a+")}));
  EXPECT_TRUE(Holds({abi::String("aaa")}));
  EXPECT_FALSE(Holds({abi::String("aaab")}));
}

TEST_F(InterpTest, TextOperatorsDoNotTurnNumbersIntoText) {
  const ExprId like = b.Node(Op::kLike, {x, b.Str("1")});
  const ExprId regex = b.Node(Op::kRegex, {x, b.Str("1")});
  LinkLeaf(b.Node(Op::kAnd, {b.Node(Op::kIsNull, {like}), b.Node(Op::kIsNull, {regex})}));
  EXPECT_TRUE(Holds({kOne}));
  EXPECT_TRUE(Holds({}));
  EXPECT_FALSE(Holds({abi::String("1")}));
}

TEST_F(InterpTest, CallsFunctions) {
  LinkLeaf(b.Call("startsWith", {x, b.Str("AB")}, abi::kFold));
  EXPECT_TRUE(Holds({abi::String("abc")}));
  EXPECT_FALSE(Holds({abi::String("xabc")}));
  EXPECT_FALSE(Holds({kOne}));
  EXPECT_FALSE(Holds({}));
}

TEST_F(InterpTest, CallsCidrMatchWithPreparedBlocks) {
  const ExprId call = b.Call("cidrMatch", {x, b.Str("10.0.0.0/8"), b.Str("fe80::/10")});
  LinkLeaf(call);
  EXPECT_NE(program_->impl().matchers[call], nullptr);
  EXPECT_TRUE(Holds({abi::String("10.1.2.3")}));
  EXPECT_TRUE(Holds({abi::String("fe80::1")}));
  EXPECT_FALSE(Holds({abi::String("11.1.2.3")}));
  EXPECT_FALSE(Holds({kOne}));
}

TEST_F(InterpTest, NestsAsDeepAsImagesMay) {
  ExprId id = x;
  for (uint32_t i = 0; i + 3 < limits::kMaxExprDepth; ++i) id = b.Node(Op::kNot, {id});
  LinkLeaf(id);
  const bool even = (limits::kMaxExprDepth - 3) % 2 == 0;
  EXPECT_EQ(Holds({kTrue}), even);
  EXPECT_EQ(Holds({kFalse}), !even);
}

// --- ApplyOp: three-valued logic (docs/semantics.md section 3.2) ---

abi::Value Apply(Op op, std::vector<abi::Value> args) {
  Scratch scratch;
  const abi::ExprNode node{op, 0, 0, abi::kNone, 0, static_cast<uint32_t>(args.size())};
  return ApplyOp(node, nullptr, nullptr, args, scratch);
}

// t, f or n, as the tables below write truths; `?` for anything else.
char Letter(const abi::Value& v) {
  if (v.is_null()) return 'n';
  return v.kind != abi::ValueKind::kBool ? '?' : v.truth() ? 't' : 'f';
}

abi::Value FromLetter(char c) { return c == 'n' ? abi::Null() : abi::Bool(c == 't'); }

TEST(ApplyOpTest, HasTheTruthTables) {
  //                 left right and or
  for (const char* row : {"ttt t", "tff t", "tnn t", "ftf t", "fff f", "fnf n", "ntn t", "nff n", "nnn n"}) {
    const abi::Value left = FromLetter(row[0]);
    const abi::Value right = FromLetter(row[1]);
    EXPECT_EQ(Letter(Apply(Op::kAnd, {left, right})), row[2]) << row;
    EXPECT_EQ(Letter(Apply(Op::kOr, {left, right})), row[4]) << row;
  }
  EXPECT_EQ(Letter(Apply(Op::kNot, {kTrue})), 'f');
  EXPECT_EQ(Letter(Apply(Op::kNot, {kFalse})), 't');
  EXPECT_EQ(Letter(Apply(Op::kNot, {abi::Null()})), 'n');
}

TEST(ApplyOpTest, TakesOnlyBooleansForTruths) {
  EXPECT_EQ(Letter(Apply(Op::kNot, {kOne})), 'n');
  EXPECT_EQ(Letter(Apply(Op::kAnd, {kTrue, kA})), 'n');
  EXPECT_EQ(Letter(Apply(Op::kOr, {kTrue, kA})), 't');
}

TEST(ApplyOpTest, JoinsAnyNumberOfOperands) {
  EXPECT_EQ(Letter(Apply(Op::kAnd, {})), 't');
  EXPECT_EQ(Letter(Apply(Op::kOr, {})), 'f');
  EXPECT_EQ(Letter(Apply(Op::kAnd, {kTrue, abi::Null(), kFalse})), 'f');
}

TEST(ApplyOpTest, ComparesAndComputes) {
  EXPECT_EQ(Letter(Apply(Op::kLt, {kOne, kTwo})), 't');
  EXPECT_EQ(Letter(Apply(Op::kGe, {kOne, kTwo})), 'f');
  EXPECT_EQ(Letter(Apply(Op::kEq, {kOne, abi::Null()})), 'n');
  EXPECT_EQ(Apply(Op::kNeg, {kTwo}).payload.i64, -2);
  EXPECT_EQ(Apply(Op::kMod, {abi::Int(-7), abi::Int(3)}).payload.i64, -1);
  EXPECT_TRUE(Apply(Op::kDiv, {kOne, abi::Int(0)}).is_null());
  EXPECT_EQ(Letter(Apply(Op::kIsNull, {abi::Null()})), 't');
  EXPECT_EQ(Letter(Apply(Op::kIsNull, {kFalse})), 'f');
}

}  // namespace
}  // namespace eqlc
