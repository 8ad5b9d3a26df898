// The JIT itself: dumps, code shapes, what is left to the interpreter, several threads.
#include <thread>

#include <gmock/gmock.h>

#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// LLVM text of a module with the leaf of `argument` as its one condition.
std::string TextOfLeaf(RulesUnderTest& rules, ExprId argument) {
  rules.LeafCondition(argument);
  auto text = DumpNative(rules.module(), OptLevel::kO0, false);
  EXPECT_TRUE(text.ok());
  return text.ok() ? *text : "";
}

TEST(JitTest, EmptyModuleCompiles) {
  const ir::Module module;
  EXPECT_TRUE(JitCompile(module, {.level = OptLevel::kO0}).ok());
}

TEST(JitTest, DumpsNameTheConditions) {
  RulesUnderTest rules;
  rules.LeafCondition(rules.Match(Op::kEq, "x", {"word"}));
  for (const bool asm_text : {false, true}) {
    const auto text = DumpNative(rules.module(), OptLevel::kO1, asm_text);
    ASSERT_TRUE(text.ok()) << text.error().message;
    EXPECT_THAT(*text, HasSubstr("eqlc_condition_0"));
  }
}

TEST(JitTest, ShortTextsAreComparedWithoutCalls) {
  RulesUnderTest equal;
  EXPECT_THAT(TextOfLeaf(equal, equal.Match(Op::kEq, "x", {"powershell.exe"})), Not(HasSubstr("call ")));
  RulesUnderTest set;
  EXPECT_THAT(TextOfLeaf(set, set.Match(Op::kIn, "x", {"a", "bc"}, abi::kFold)), Not(HasSubstr("call ")));
  RulesUnderTest glob;
  EXPECT_THAT(TextOfLeaf(glob, glob.Match(Op::kLike, "x", {"*.exe", "C:\\*"}, abi::kFold)), Not(HasSubstr("call ")));
}

TEST(JitTest, LongListsAreOneCall) {
  std::vector<std::string> words;
  for (int i = 0; i < 2'600; ++i) words.push_back("word" + std::to_string(i));
  RulesUnderTest rules;
  const std::string text = TextOfLeaf(rules, rules.Match(Op::kIn, "x", words));
  EXPECT_THAT(text, HasSubstr("@eqlc_in_set"));
  EXPECT_LT(text.size(), 4'000u);
}

TEST(JitTest, LeavesBeyondTheLimitsAreInterpreted) {
  RulesUnderTest rules;
  std::vector<ExprId> fields;
  for (int i = 0; i < 33; ++i) fields.push_back(rules.Field("f" + std::to_string(i)));
  const ExprId many = rules.Make(Op::kIsNull, {rules.Call("concat", fields)});
  fields.pop_back();
  const ExprId fewer = rules.Make(Op::kIsNull, {rules.Call("concat", fields)});
  const abi::ConditionId interpreted = rules.LeafCondition(many);
  const abi::ConditionId compiled = rules.LeafCondition(fewer);
  rules.Build(OptLevel::kO0);
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_EQ(rules.native().conditions[interpreted], nullptr);
  ASSERT_NE(rules.native().conditions[compiled], nullptr);
  FrameBuffer frame = rules.NewFrame();
  EXPECT_EQ(rules.Native(compiled, frame), rules.Interpreted(compiled, frame));
}

TEST(JitTest, DeepArithmeticNeitherOverflowsNorCompiles) {
  RulesUnderTest rules;
  ExprId sum = rules.Field("x");
  for (int64_t i = 0; i < 100'000; ++i) sum = rules.Make(Op::kAdd, {sum, rules.Const(i % 7)});
  rules.LeafCondition(rules.Make(Op::kIsNull, {sum}));
  const auto native = JitCompile(rules.module(), {.level = OptLevel::kO0});
  ASSERT_TRUE(native.ok());
  EXPECT_EQ((*native)->tables().conditions[0], nullptr);
}

TEST(JitTest, ThreadsCompileIndependently) {
  const auto compile = [](const std::string& word, bool& right) {
    RulesUnderTest rules;
    const abi::ConditionId condition = rules.LeafCondition(rules.Match(Op::kEq, "x", {word}));
    rules.Build(OptLevel::kO1);
    FrameBuffer frame = rules.NewFrame();
    Fill(rules, frame, {{"x", abi::String(word)}});
    right = rules.Native(condition, frame);
  };
  bool first = false;
  bool second = false;
  std::thread a(compile, "first", std::ref(first));
  std::thread b(compile, "second", std::ref(second));
  a.join();
  b.join();
  EXPECT_TRUE(first && second);
}

}  // namespace
}  // namespace eqlc::testing
