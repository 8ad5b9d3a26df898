#include "runtime/event/element_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eqlc/limits.hpp"
#include "runtime/event/decoder.h"
#include "runtime/event/frame_buffer.h"
#include "tests/unit/runtime/event/frame_text.h"

namespace eqlc {
namespace {

using abi::FieldRole;
using abi::kNone;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::RenderField;

// Two arrays, one inside the other, and a scope over each.
enum Field : abi::FieldId { kX, kY, kStack, kInner, kStackX, kInnerInStack, kInnerY };
enum Scope : abi::ScopeId { kOuter, kNested };

const std::vector<std::string_view> kPaths = {"s.x", "s.in.y", "s", "s.in", "s.x", "s.in", "s.in.y"};
const std::vector<FieldRole> kRoles = {FieldRole::kValue,    FieldRole::kValue,  FieldRole::kElements,
                                       FieldRole::kElements, FieldRole::kMember, FieldRole::kMember,
                                       FieldRole::kMember};

ElementLayout Layout() {
  std::vector<abi::ImageField> fields(kPaths.size());
  for (size_t i = 0; i < fields.size(); ++i) fields[i].role = kRoles[i];
  fields[kStackX] = {.path = {}, .role = FieldRole::kMember, .source = kX, .scope = kOuter};
  fields[kInnerInStack] = {.path = {}, .role = FieldRole::kMember, .source = kInner, .scope = kOuter};
  fields[kInnerY] = {.path = {}, .role = FieldRole::kMember, .source = kY, .scope = kNested};
  const std::vector<abi::ImageScope> scopes = {{kStack}, {kInnerInStack}};
  return {fields, scopes};
}

class ElementTableTest : public ::testing::Test {
 protected:
  void Decode(std::string_view line) { ASSERT_TRUE(decoder_.Decode(line, frame_).ok()); }
  std::vector<std::string> Values(abi::FieldId field) { return RenderField(frame_.frame(), field); }
  uint32_t Count(abi::FieldId field) { return frame_.frame().slots[field].count; }
  uint32_t First(abi::FieldId field) { return frame_.frame().slots[field].first; }

  Decoder decoder_{kPaths, {}, kRoles};
  FrameBuffer frame_{kPaths.size(), 0, Layout()};
};

TEST_F(ElementTableTest, BindsTheValuesOfOneElement) {
  Decode(R"({"s":[{"x":1,"in":{"y":9}},{},{"x":[2,3]}]})");
  EXPECT_EQ(Count(kStack), 3u);
  EXPECT_THAT(Values(kStackX), IsEmpty()) << "nothing is bound yet";
  frame_.elements().Bind(kOuter, 0);
  EXPECT_THAT(Values(kStackX), ElementsAre("i:1"));
  frame_.elements().Bind(kOuter, 1);
  EXPECT_THAT(Values(kStackX), IsEmpty());
  frame_.elements().Bind(kOuter, 2);
  EXPECT_THAT(Values(kStackX), ElementsAre("i:2", "i:3"));
  EXPECT_THAT(Values(kX), ElementsAre("i:1", "i:2", "i:3")) << "the field itself is not touched";
}

TEST_F(ElementTableTest, ArraysInsideElementsAreNarrowedDown) {
  Decode(R"({"s":[{"in":[{"y":1},{"y":2}]},{"x":0},{"in":[{"y":3}]}]})");
  EXPECT_EQ(Count(kInner), 3u);
  frame_.elements().Bind(kOuter, 0);
  EXPECT_EQ(Count(kInnerInStack), 2u);
  frame_.elements().Bind(kNested, First(kInnerInStack) + 1);
  EXPECT_THAT(Values(kInnerY), ElementsAre("i:2"));
  frame_.elements().Bind(kOuter, 1);
  EXPECT_EQ(Count(kInnerInStack), 0u);
  frame_.elements().Bind(kOuter, 2);
  ASSERT_EQ(Count(kInnerInStack), 1u);
  frame_.elements().Bind(kNested, First(kInnerInStack));
  EXPECT_THAT(Values(kInnerY), ElementsAre("i:3"));
}

TEST_F(ElementTableTest, DottedKeysOpenAnElementPerEnclosingOne) {
  Decode(R"({"s":[{"in.y":1,"x":0},{"in.y":2}],"s.in.y":3})");
  EXPECT_EQ(Count(kStack), 3u);
  EXPECT_EQ(Count(kInner), 3u);
  for (uint32_t i = 0; i < 3; ++i) {
    frame_.elements().Bind(kOuter, i);
    EXPECT_EQ(Count(kInnerInStack), 1u) << i;
  }
}

TEST_F(ElementTableTest, TheNextEventStartsAfresh) {
  Decode(R"({"s":[{"x":1}]})");
  frame_.elements().Bind(kOuter, 0);
  Decode(R"({"n":1})");
  EXPECT_EQ(Count(kStack), 0u);
  EXPECT_THAT(Values(kStackX), IsEmpty());
}

TEST_F(ElementTableTest, ValuesBeyondTheLimitBelongToNoElement) {
  std::string line = R"({"s":[)";
  for (uint32_t i = 0; i < limits::kMaxElementsPerArray; ++i) line += "{},";
  Decode(line + R"({"x":1},{"x":2}]})");
  EXPECT_EQ(Count(kStack), limits::kMaxElementsPerArray);
  frame_.elements().Bind(kOuter, limits::kMaxElementsPerArray - 1);
  EXPECT_THAT(Values(kStackX), IsEmpty());
  EXPECT_THAT(Values(kX), ElementsAre("i:1", "i:2"));
}

TEST(FrameBufferBindTest, GivesValuesForATimeAndLeavesOutWhatHasNoRoom) {
  FrameBuffer frame(2, 0, {}, 3);
  ASSERT_TRUE(frame.Append(0, abi::Int(1)));
  const std::vector<abi::Value> two = {abi::Int(7), abi::Int(8)};
  const abi::Value* before = frame.frame().values;
  frame.Bind(1, two);
  EXPECT_THAT(RenderField(frame.frame(), 1), ElementsAre("i:7", "i:8"));
  EXPECT_THAT(RenderField(frame.frame(), 0), ElementsAre("i:1"));
  EXPECT_EQ(frame.frame().values, before);
  frame.Bind(1, two);
  EXPECT_THAT(RenderField(frame.frame(), 1), ElementsAre("i:7"));
  frame.Unbind();
  EXPECT_THAT(RenderField(frame.frame(), 1), IsEmpty());
  frame.Bind(1, two);
  frame.Clear();
  EXPECT_THAT(RenderField(frame.frame(), 1), IsEmpty());
}

}  // namespace
}  // namespace eqlc
