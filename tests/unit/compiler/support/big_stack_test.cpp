#include "compiler/support/big_stack.h"

#include <gtest/gtest.h>

#include <thread>

namespace eqlc {
namespace {

// Uses about `depth` KB of stack; the volatile keeps each frame's array.
int Recurse(int depth) {
  volatile char frame[1024];
  frame[0] = static_cast<char>(depth);
  if (depth == 0) return frame[0];
  return Recurse(depth - 1) + (frame[0] != static_cast<char>(depth));
}

TEST(BigStack, RunsTheFunctionToItsEndOnAnotherThread) {
  std::thread::id ran_on;
  const Status status = RunOnBigStack(1 << 20, [&] { ran_on = std::this_thread::get_id(); });
  ASSERT_TRUE(status.ok()) << status.error().message;
  EXPECT_NE(ran_on, std::thread::id{});
  EXPECT_NE(ran_on, std::this_thread::get_id());
}

TEST(BigStack, HoldsWhatIsAskedFor) {
  int result = -1;
  const Status status = RunOnBigStack(96u << 20, [&] { result = Recurse(32 * 1024); });
  ASSERT_TRUE(status.ok()) << status.error().message;
  EXPECT_EQ(result, 0);
}

TEST(BigStack, RaisesSizesBelowTheSystemsMinimum) {
  bool ran = false;
  const Status status = RunOnBigStack(1, [&] { ran = true; });
  ASSERT_TRUE(status.ok()) << status.error().message;
  EXPECT_TRUE(ran);
}

TEST(BigStack, ReportsAStackThatCannotBeHad) {
  bool ran = false;
  const Status status = RunOnBigStack(size_t{1} << 60, [&] { ran = true; });
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("cannot start a compiler thread"), std::string::npos);
  EXPECT_FALSE(ran);
}

TEST(BigStack, Nests) {
  int depth = 0;
  const Status outer = RunOnBigStack(1 << 20, [&] {
    ++depth;
    EXPECT_TRUE(RunOnBigStack(1 << 20, [&] { ++depth; }).ok());
  });
  EXPECT_TRUE(outer.ok());
  EXPECT_EQ(depth, 2);
}

}  // namespace
}  // namespace eqlc
