#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/program/program.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using abi::ExprId;
using abi::Op;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ImageBuilder;
using ::testing::IsEmpty;

Result<std::shared_ptr<const Program>> Link(const ImageBuilder& builder) {
  auto image = Image::Parse(builder.Build());
  if (!image) return image.error();
  return LinkProgram(std::move(*image), nullptr);
}

std::string LinkError(const ImageBuilder& builder) {
  const auto program = Link(builder);
  return program.ok() ? "" : program.error().message;
}

TEST(LinkTest, FillsTheTables) {
  ImageBuilder b;
  const ExprId field = b.Field("user.name");
  b.Str("text");
  b.Const(abi::ValueKind::kUint, UINT64_MAX);
  b.Call("startsWith", {field, b.Str("x")});
  abi::ImageRule& rule = b.Rule(RuleKind::kEvent, {b.Condition(b.Leaf(field))});
  rule.risk_score = 47;
  const auto program = Link(b);
  ASSERT_TRUE(program.ok()) << program.error().message;
  const Program::Impl& impl = (*program)->impl();
  EXPECT_THAT((*program)->fields(), ElementsAre("user.name"));
  ASSERT_EQ((*program)->rules().size(), 1u);
  EXPECT_EQ((*program)->rules()[0].id, "rule-0");
  EXPECT_EQ((*program)->rules()[0].risk_score, 47u);
  EXPECT_EQ(impl.literals[0].text(), "text");
  EXPECT_EQ(impl.literals[1].payload.u64, UINT64_MAX);
  EXPECT_EQ(static_cast<const Function*>(impl.functions[0])->name, "startsWith");
  EXPECT_FALSE((*program)->has_native_code());
  EXPECT_EQ(impl.tables().literals, impl.literals.data());
}

TEST(LinkTest, GivesMatchersToNodesWithConstantPatterns) {
  ImageBuilder b;
  const ExprId x = b.Field("x");
  const ExprId text = b.Str("10.0.0.1");
  const ExprId in = b.Node(Op::kIn, {x, text, b.Int(1)});
  const ExprId like = b.Node(Op::kLike, {x, text});
  const ExprId regex = b.Node(Op::kRegex, {x, text});
  const ExprId cidr = b.Call("cidrMatch", {x, text});
  const ExprId cidr_of_field = b.Call("cidrMatch", {text, x});
  const ExprId cidr_of_number = b.Call("cidrMatch", {x, b.Int(1)});
  const ExprId other_call = b.Call("startsWith", {x, text});
  const auto program = Link(b);
  ASSERT_TRUE(program.ok()) << program.error().message;
  const Matchers& matchers = (*program)->impl().matchers;
  for (const ExprId id : {in, like, regex, cidr}) EXPECT_NE(matchers[id], nullptr) << id;
  for (const ExprId id : {x, text, cidr_of_field, cidr_of_number, other_call}) EXPECT_EQ(matchers[id], nullptr) << id;
  EXPECT_EQ(matchers.by_expr().size(), b.exprs.size());
}

TEST(LinkTest, ListsTheDistinctFieldsOfEachLeaf) {
  ImageBuilder b;
  const ExprId x = b.Field("x");
  const ExprId y = b.Field("y");
  const ExprId x_again = b.Node(Op::kField, {}, 0);
  b.Leaf(b.Node(Op::kAdd, {y, b.Node(Op::kAdd, {x_again, x})}));
  b.Leaf(b.Int(1));
  b.Leaf(y);
  const auto program = Link(b);
  ASSERT_TRUE(program.ok()) << program.error().message;
  const LeafFields& fields = (*program)->impl().leaf_fields;
  EXPECT_THAT(fields.of(0), ElementsAre(0, 1));
  EXPECT_THAT(fields.of(1), IsEmpty());
  EXPECT_THAT(fields.of(2), ElementsAre(1));
}

TEST(LinkTest, RefusesWhatThisBuildCannotRun) {
  const auto call = [](std::string_view name, std::initializer_list<int> kinds, uint8_t flags = 0) {
    ImageBuilder b;
    const ExprId ids[] = {b.Field("x"), b.Str("text")};
    ExprId args[8];
    size_t count = 0;
    for (const int kind : kinds) args[count++] = ids[kind];
    b.Call(name, {}, flags);
    b.exprs.back().arg_count = static_cast<uint32_t>(count);
    b.args.insert(b.args.end(), args, args + count);
    return LinkError(b);
  };
  EXPECT_THAT(call("noSuchFunction", {0}), HasSubstr("noSuchFunction"));
  EXPECT_THAT(call("length", {}), HasSubstr("length with 0 arguments"));
  EXPECT_THAT(call("length", {0, 1}), HasSubstr("length with 2 arguments"));
  EXPECT_THAT(call("length", {0}, abi::kFold), HasSubstr("length~"));
  EXPECT_NE(call("cidrMatch", {0, 1}), "");
  EXPECT_EQ(call("startsWith", {0, 1}, abi::kFold), "");
}

TEST(LinkTest, RefusesPatternsThatDoNotCompile) {
  ImageBuilder b;
  b.Node(Op::kRegex, {b.Field("x"), b.Str("(")});
  EXPECT_NE(LinkError(b), "");
}

}  // namespace
}  // namespace eqlc
