#include "compiler/stored_code.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "compiler/cache/memory.h"
#include "compiler/front_end.h"
#include "compiler/rulefile/rule_source.h"
#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "runtime/program/program.h"
#include "tests/support/recording_sink.h"
#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

// More than are compiled at once whatever the options.
std::vector<RuleText> Rules() {
  std::vector<RuleText> rules;
  for (int i = 0; i < 40; ++i) {
    rules.push_back({fmt::format("r{}.eql", i), fmt::format(R"(process where process.name : "p{}")", i)});
  }
  return rules;
}

size_t Alerts(const std::shared_ptr<const Program>& program) {
  testing::RecordingSink sink;
  Session session(program, sink);
  EXPECT_TRUE(session.Push(R"({"event":{"category":"process"},"process":{"name":"P7"}})").ok());
  EXPECT_TRUE(session.Finish().ok());
  return sink.alerts.size();
}

class StoredCodeTest : public ::testing::Test {
 protected:
  CompileResult CompileRules() const { return Compile(Rules(), {.background_code = true, .cache_dir = folder_}); }

  const testing::TempFolder temporary_;
  const std::string folder_ = temporary_.path() + "/cache";
};

TEST_F(StoredCodeTest, RunsAtOnceAndFromTheEntryInTheEnd) {
  const CompileResult made = CompileRules();
  EXPECT_EQ(Alerts(made.program), 1u);
  made.program->AwaitNativeCode();
  const NativeProgress progress = made.program->native_progress();
  EXPECT_EQ(progress.error, "");
  EXPECT_EQ(progress.ready, progress.parts);
  EXPECT_NE(made.program->impl().native->tables().conditions[0].load(), nullptr);
  EXPECT_EQ(Alerts(made.program), 1u);
}

TEST_F(StoredCodeTest, RulesThatAreUsedAgainLeaveAnEntryBehindHoweverShortTheRuns) {
  EXPECT_EQ(Alerts(CompileRules().program), 1u);
  EXPECT_EQ(Alerts(CompileRules().program), 1u);
  const CompileResult found = CompileRules();
  ASSERT_EQ(found.phases.size(), 1u);
  EXPECT_STREQ(found.phases[0].name, "cache");
  EXPECT_TRUE(found.program->has_native_code());
  EXPECT_EQ(Alerts(found.program), 1u);
}

// Whether code that is ended at once leaves an entry.
bool LeavesAnEntry(const std::string& folder, bool is_wanted_again) {
  const CompileOptions options{.cache_dir = folder};
  RuleInputs inputs = ToRuleInputs(Rules());
  for (RuleInput& input : inputs.files) input.digest = cache::DigestOf(input);
  const auto entry = cache::Entry::Open(folder, inputs, options);
  FrontEnd front = RunFrontEnd(inputs, {}, options);
  auto module = std::make_shared<const ir::Module>(std::move(front.module));
  // Nothing is made before the end has come.
  std::promise<void> ended;
  const ToKeep to_keep{*entry, [&] { ended.get_future().wait(); }, is_wanted_again};
  auto code = StoreInBackground(to_keep, std::move(module), options, front.result);
  code->Start();
  std::thread end([&] { code.reset(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  ended.set_value();
  end.join();
  return entry->Find().has_value();
}

TEST_F(StoredCodeTest, WaitsForTheEntryOfRulesThatAreUsedAgain) {
  EXPECT_FALSE(LeavesAnEntry(folder_, false));
  EXPECT_TRUE(LeavesAnEntry(folder_, true));
}

TEST_F(StoredCodeTest, MakesCodeInMemoryWhereNothingCanBeKept) {
  const CompileOptions options{.cache_dir = folder_};
  RuleInputs inputs = ToRuleInputs(Rules());
  const auto entry = cache::Entry::Open(folder_, inputs, options);
  ASSERT_TRUE(entry.ok()) << entry.error().message;
  ASSERT_EQ(std::rename(folder_.c_str(), (folder_ + ".gone").c_str()), 0);
  FrontEnd front = RunFrontEnd(inputs, {}, options);
  bool before = false;
  const ToKeep to_keep{*entry, [&] { before = true; }, false};
  const auto code =
      StoreInBackground(to_keep, std::make_shared<const ir::Module>(std::move(front.module)), options, front.result);
  code->Start();
  code->Await();
  EXPECT_TRUE(before);
  EXPECT_EQ(code->progress().error, "");
  EXPECT_NE(code->tables().conditions[0].load(), nullptr);
}

}  // namespace
}  // namespace eqlc
