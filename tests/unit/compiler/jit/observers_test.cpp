// What perf and gdb get to know of generated code.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

using ::testing::HasSubstr;

std::string PerfMapPath() { return "/tmp/perf-" + std::to_string(getpid()) + ".map"; }

TEST(ObserversTest, PerfGetsAMapOfFunctionsAndTheirRules) {
  RulesUnderTest rules;
  const abi::ConditionId condition = rules.LeafCondition(rules.Match(Op::kEq, "x", {"word"}));
  ir::Rule rule;
  rule.id = "some-rule";
  rule.items.push_back({.condition = condition, .keys = {}});
  rules.module().AddRule(rule);
  std::filesystem::remove(PerfMapPath());
  const auto code = JitCompile(rules.module(), {.level = OptLevel::kO0, .perf_map = true});
  ASSERT_TRUE(code.ok()) << code.error().message;

  std::ifstream file(PerfMapPath());
  std::ostringstream map;
  map << file.rdbuf();
  std::filesystem::remove(PerfMapPath());
  const auto address = reinterpret_cast<uintptr_t>((*code)->tables().conditions[condition].load());
  std::ostringstream line;
  line << std::hex << address << ' ';
  EXPECT_THAT(map.str(), HasSubstr(line.str()));
  EXPECT_THAT(map.str(), HasSubstr(" eqlc_condition_0.some-rule\n"));
}

// gdb reads the list that this symbol heads.
extern "C" struct {
  uint32_t version, action;
  void *relevant, *first;
} __jit_debug_descriptor;

TEST(ObserversTest, GdbGetsTheObjects) {
  RulesUnderTest rules;
  rules.LeafCondition(rules.Match(Op::kEq, "x", {"word"}));
  const void* before = __jit_debug_descriptor.first;
  const auto code = JitCompile(rules.module(), {.level = OptLevel::kO0, .debugger = true});
  ASSERT_TRUE(code.ok()) << code.error().message;
  EXPECT_NE(__jit_debug_descriptor.first, before);
}

}  // namespace
}  // namespace eqlc::testing
