// Code that is made while others run: it appears in the slots, an end half-way is quick, and failures are told.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

// A module with `count` conditions of which number i holds for x = "text i".
std::shared_ptr<const ir::Module> Conditions(int count) {
  RulesUnderTest rules;
  for (int i = 0; i < count; ++i) rules.LeafCondition(rules.Match(Op::kEq, "x", {"text " + std::to_string(i)}));
  return std::make_shared<const ir::Module>(std::move(rules.module()));
}

size_t Filled(const NativeCode& code, size_t conditions) {
  size_t filled = 0;
  for (size_t i = 0; i < conditions; ++i) filled += code.tables().conditions[i].load() != nullptr;
  return filled;
}

TEST(BackgroundCodeTest, AllOfItComes) {
  for (const unsigned threads : {1u, 3u}) {
    const auto module = Conditions(2'000);
    const auto code = JitInBackground(module, {.level = OptLevel::kO0, .threads = threads});
    EXPECT_EQ(Filled(*code, 2'000), 0u);
    EXPECT_EQ(code->progress().parts, 0u);
    code->Await();  // nothing was begun
    code->Start();
    code->Await();
    EXPECT_EQ(Filled(*code, 2'000), 2'000u);
    EXPECT_EQ(code->progress().error, "");
    EXPECT_GT(code->progress().parts, 1u);
    EXPECT_EQ(code->progress().ready, code->progress().parts);
  }
}

TEST(BackgroundCodeTest, SlotsThatAreReadMeanwhileHoldCodeOrNothing) {
  RulesUnderTest rules;
  for (int i = 0; i < 1'500; ++i) rules.LeafCondition(rules.Match(Op::kEq, "x", {"text " + std::to_string(i)}));
  rules.Build(OptLevel::kO0);
  ASSERT_FALSE(HasFatalFailure());
  FrameBuffer frame = rules.NewFrame();
  Fill(rules, frame, {{"x", abi::String("text 7")}});
  const abi::ProgramTables tables = rules.program().tables();
  const auto code = JitInBackground(std::make_shared<const ir::Module>(std::move(rules.module())),
                                    {.level = OptLevel::kO0, .threads = 2});
  code->Start();
  for (int round = 0; round < 1'000 && code->progress().ready < std::max(code->progress().parts, 1u); ++round) {
    for (size_t i = 0; i < 1'500; ++i) {
      const abi::ConditionFn condition = code->tables().conditions[i].load(std::memory_order_acquire);
      if (condition == nullptr) continue;
      ASSERT_EQ(condition(&frame.frame(), &tables), i == 7) << i;
    }
  }
  code->Await();
  EXPECT_EQ(Filled(*code, 1'500), 1'500u);
}

TEST(BackgroundCodeTest, AnEndHalfWayIsQuick) {
  const auto module = Conditions(8'000);
  const auto all = std::chrono::steady_clock::now();
  ASSERT_TRUE(JitCompile(*module, {.level = OptLevel::kO0}).ok());
  const auto begin = std::chrono::steady_clock::now();
  {
    const auto code = JitInBackground(module, {.level = OptLevel::kO0});
    code->Start();
    while (code->progress().ready == 0) std::this_thread::yield();
    EXPECT_LT(code->progress().ready, code->progress().parts);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, (begin - all) / 2);
}

TEST(BackgroundCodeTest, OneThatIsNeverStartedGoesQuietly) { JitInBackground(Conditions(100), {}); }

}  // namespace
}  // namespace eqlc::testing
