// Code that is made once more for what sessions evaluate most: it takes the place of what was there, however that came.
#include "compiler/native/hot_code.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "compiler/ir/image_reader.h"
#include "compiler/native/jit.h"
#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "runtime/session/event_matcher.h"
#include "tests/support/recording_sink.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

std::vector<RuleText> Rules(int count) {
  std::vector<RuleText> rules;
  for (int i = 0; i < count; ++i) {
    rules.push_back({fmt::format("r{}.eql", i), fmt::format(R"(process where process.name : "p{}?")", i)});
  }
  return rules;
}

size_t Alerts(const std::shared_ptr<const Program>& program) {
  testing::RecordingSink sink;
  Session session(program, sink, {.use_index = false});
  EXPECT_TRUE(session.Push(R"({"event":{"category":"process"},"process":{"name":"P7x"}})").ok());
  EXPECT_TRUE(session.Finish().ok());
  return sink.alerts.size();
}

std::vector<abi::ConditionFn> CodeOf(const Program& program) {
  std::vector<abi::ConditionFn> code;
  const abi::ConditionSlot* const slots = program.impl().native->tables().conditions;
  for (size_t id = 0; id < program.impl().image.conditions().size(); ++id) code.push_back(slots[id].load());
  return code;
}

// Every condition at once, from several threads.
void MakeAllHot(const Program& program) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&program] {
      const size_t count = program.impl().image.conditions().size();
      for (abi::ConditionId id = 0; id < count; ++id) program.impl().improver->OnHot(id);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void ExpectImproved(const std::shared_ptr<const Program>& program) {
  ASSERT_NE(program->impl().improver, nullptr);
  program->AwaitNativeCode();
  EXPECT_EQ(program->native_progress().improved, 0u);
  const std::vector<abi::ConditionFn> before = CodeOf(*program);
  MakeAllHot(*program);
  program->AwaitNativeCode();
  const std::vector<abi::ConditionFn> after = CodeOf(*program);
  EXPECT_EQ(program->native_progress().improved, after.size());
  for (size_t id = 0; id < after.size(); ++id) EXPECT_NE(after[id], before[id]) << id;
  EXPECT_EQ(Alerts(program), 1u);
}

TEST(HotCodeTest, TakesThePlaceOfCodeThatWasMadeInMemory) {
  ExpectImproved(Compile(Rules(10), {.background_code = true}).program);
  ExpectImproved(Compile(Rules(40), {.background_code = true}).program);
}

TEST(HotCodeTest, TakesThePlaceOfCodeFromTheCache) {
  const testing::TempFolder folder;
  const CompileOptions options{.background_code = true, .cache_dir = folder.path() + "/cache"};
  ExpectImproved(Compile(Rules(40), options).program);
  const CompileResult found = Compile(Rules(40), options);
  EXPECT_STREQ(found.phases.back().name, "cache");
  ExpectImproved(found.program);
}

TEST(HotCodeTest, IsNotOverwrittenByCodeThatComesLater) {
  const CompileResult compiled = Compile(Rules(400), {.background_code = true});
  MakeAllHot(*compiled.program);
  compiled.program->AwaitNativeCode();
  const std::vector<abi::ConditionFn> code = CodeOf(*compiled.program);
  EXPECT_EQ(compiled.program->native_progress().improved, code.size());
  const auto first = JitCompile(ir::ReadImage(compiled.program->impl().image).value(), {});
  for (abi::ConditionId id = 0; id < code.size(); ++id) {
    compiled.program->impl().native->slots().Set(id, (*first)->tables().conditions[id].load());
  }
  EXPECT_EQ(CodeOf(*compiled.program), code);
}

TEST(HotCodeTest, ComesAgainWhenMoreGetsHot) {
  const auto program = Compile(Rules(10), {.background_code = true}).program;
  for (abi::ConditionId id = 0; id < 3; ++id) {
    program->impl().improver->OnHot(id);
    program->AwaitNativeCode();
    EXPECT_EQ(program->native_progress().improved, id + 1);
  }
}

TEST(HotCodeTest, EndsHalfWay) {
  for (int i = 0; i < 5; ++i) MakeAllHot(*Compile(Rules(200), {.background_code = true}).program);
}

// Code that was asked for in one shape stays in it, and who waits for all code before the first event gets no more.
TEST(HotCodeTest, ComesOnlyWhereItIsWanted) {
  EXPECT_EQ(Compile(Rules(20), {}).program->impl().improver, nullptr);
  EXPECT_EQ(Compile(Rules(20), {.native_code = false, .background_code = true}).program->impl().improver, nullptr);
  for (const OptLevel level : {OptLevel::kO0, OptLevel::kO2}) {
    EXPECT_EQ(Compile(Rules(20), {.background_code = true, .opt_level = level}).program->impl().improver, nullptr);
  }
}

TEST(HotCodeTest, SessionsTellWhatIsHot) {
  std::vector<RuleText> rules = Rules(40);  // which the index passes over
  rules.push_back({"often.eql", "any where length(a) > 5"});
  const auto program = Compile(rules, {.background_code = true}).program;
  const SessionOptions options;
  EventMatcher session(program->impl(), options);
  ASSERT_TRUE(session.Decode(R"({"a":1})").ok());
  for (uint32_t i = 1; i < ConditionMatcher::kHotEvaluations; ++i) session.Match(nullptr, /*has_time=*/false);
  program->AwaitNativeCode();
  EXPECT_EQ(program->native_progress().improved, 0u);
  session.Match(nullptr, /*has_time=*/false);
  program->AwaitNativeCode();
  EXPECT_EQ(program->native_progress().improved, 1u);
}

}  // namespace
}  // namespace eqlc
