#include "runtime/measure/rule_costs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"

namespace eqlc {
namespace {

TEST(RuleCosts, CountsWhatIsEvaluatedForEachRule) {
  const CompileResult compiled = Compile({{"cmd.eql", R"(process where process.name == "cmd.exe")"},
                                          {"net.eql", R"(process where process.name == "net.exe" and process.pid > 5)"},
                                          {"old.eql", R"(file where file.name == "a")"}});
  ASSERT_EQ(compiled.rules_failed, 0u);
  EventLines events;
  for (const char* name : {"cmd.exe", "net.exe", "net.exe", "calc.exe"}) {
    for (const char* pid : {"4", "6"}) {
      events.Append(std::string(R"({"event":{"category":"process"},"process":{"name":")") + name + R"(","pid":)" + pid +
                    "}}");
    }
  }
  std::vector<RuleCost> costs = MeasureRuleCosts(compiled.program, events, /*rounds=*/2);
  ASSERT_EQ(costs.size(), 3u);  // too few conditions for an index
  for (size_t i = 1; i < costs.size(); ++i) EXPECT_GE(costs[i - 1].ns, costs[i].ns);
  std::ranges::sort(costs, {}, &RuleCost::rule);
  const uint64_t held[] = {2, 2, 0};
  for (size_t i = 0; i < costs.size(); ++i) {
    EXPECT_EQ(costs[i].rule, i);
    EXPECT_EQ(costs[i].evaluated, 8u);
    EXPECT_EQ(costs[i].held, held[i]);
  }
}

TEST(RuleCosts, LeavesOutWhatTheIndexPassesOver) {
  std::vector<RuleText> rules;
  for (int i = 0; i < 20; ++i) {
    rules.push_back({"r" + std::to_string(i) + ".eql", "process where process.name == \"n" + std::to_string(i) + "\""});
  }
  rules.push_back({"same.eql", R"(process where process.name == "n3")"});
  const CompileResult compiled = Compile(rules);
  EventLines events;
  for (int i = 0; i < 10; ++i) events.Append(R"({"event":{"category":"process"},"process":{"name":"n3"}})");
  std::vector<RuleCost> costs = MeasureRuleCosts(compiled.program, events, /*rounds=*/1);
  ASSERT_EQ(costs.size(), 2u);
  EXPECT_EQ(costs[0].ns, costs[1].ns);  // one condition, half of it each
  for (const RuleCost& cost : costs) {
    EXPECT_TRUE(cost.rule == 3 || cost.rule == 20) << cost.rule;
    EXPECT_EQ(cost.evaluated, 10u);
    EXPECT_EQ(cost.held, 10u);
  }
}

}  // namespace
}  // namespace eqlc
