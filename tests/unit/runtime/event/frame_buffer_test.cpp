#include "runtime/event/frame_buffer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "eqlc/limits.hpp"
#include "tests/unit/runtime/event/frame_text.h"

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::RenderField;

TEST(FrameBufferTest, KeepsValuesOfAFieldTogetherAndInOrder) {
  FrameBuffer frame(3, 0);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(frame.Append(0, abi::Int(i)));
    EXPECT_TRUE(frame.Append(2, abi::Int(10 + i)));
  }
  EXPECT_THAT(RenderField(frame.frame(), 0), ElementsAre("i:0", "i:1", "i:2", "i:3", "i:4"));
  EXPECT_THAT(RenderField(frame.frame(), 1), IsEmpty());
  EXPECT_THAT(RenderField(frame.frame(), 2), ElementsAre("i:10", "i:11", "i:12", "i:13", "i:14"));
}

TEST(FrameBufferTest, TakesAppendsInAnyOrder) {
  std::mt19937 random(1);
  FrameBuffer frame(20, 0);
  for (int round = 0; round < 50; ++round) {
    frame.Clear();
    std::vector<std::vector<std::string>> expected(20);
    for (int i = 0; i < 300; ++i) {
      const abi::FieldId field = random() % 20;
      ASSERT_TRUE(frame.Append(field, abi::Int(i)));
      expected[field].push_back("i:" + std::to_string(i));
    }
    for (abi::FieldId field = 0; field < 20; ++field) EXPECT_EQ(RenderField(frame.frame(), field), expected[field]);
  }
}

TEST(FrameBufferTest, ClearForgetsAndAdvancesTheEpoch) {
  FrameBuffer frame(1, 2);
  frame.Append(0, abi::Int(1));
  const uint32_t epoch = frame.frame().epoch;
  EXPECT_NE(epoch, 0u);
  frame.Clear();
  EXPECT_THAT(RenderField(frame.frame(), 0), IsEmpty());
  EXPECT_EQ(frame.frame().epoch, epoch + 1);
  EXPECT_NE(frame.frame().memo[1] >> 1, frame.frame().epoch);
}

TEST(FrameBufferTest, RefusesTooManyValues) {
  FrameBuffer frame(2, 0);
  for (uint32_t i = 0; i < limits::kMaxValuesPerEvent; ++i) ASSERT_TRUE(frame.Append(i % 2, abi::Int(i)));
  EXPECT_FALSE(frame.Append(0, abi::Int(0)));
  frame.Clear();
  EXPECT_TRUE(frame.Append(0, abi::Int(0)));
}

}  // namespace
}  // namespace eqlc
