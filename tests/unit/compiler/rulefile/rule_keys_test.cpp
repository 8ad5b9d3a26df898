#include "compiler/rulefile/rule_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace eqlc {
namespace {

TEST(RuleKeys, EachOnce) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const RuleKey& key : AllRuleKeys()) {
    EXPECT_TRUE(seen.emplace(key.section, key.name).second) << key.section << "." << key.name;
  }
}

TEST(RuleKeys, SectionsAreTopLevelTables) {
  for (const RuleKey& key : AllRuleKeys()) {
    if (key.section.empty()) continue;
    const RuleKey* section = FindRuleKey("", key.section);
    ASSERT_NE(section, nullptr) << key.section;
    EXPECT_TRUE(section->type == KeyType::kTable || section->type == KeyType::kTableList);
  }
}

TEST(RuleKeys, IgnoredKeysSayWhatThatMeans) {
  for (const RuleKey& key : AllRuleKeys()) {
    const bool ignored = key.effect == KeyEffect::kIgnored || key.effect == KeyEffect::kEventRules;
    EXPECT_EQ(ignored, !key.consequence.empty()) << key.name;
  }
}

TEST(RuleKeys, Find) {
  ASSERT_NE(FindRuleKey("rule", "query"), nullptr);
  EXPECT_EQ(FindRuleKey("rule", "query")->type, KeyType::kString);
  EXPECT_EQ(FindRuleKey("metadata", "query"), nullptr);
  EXPECT_EQ(FindRuleKey("rule", "Query"), nullptr);
  EXPECT_THAT(RuleKeyNames("internal"), testing::ElementsAre("min_endpoint_version"));
  EXPECT_THAT(RuleKeyNames("nowhere"), testing::IsEmpty());
}

TEST(RuleKeys, EveryTypeHasAName) {
  for (const RuleKey& key : AllRuleKeys()) EXPECT_FALSE(DescribeKeyType(key.type).empty());
}

}  // namespace
}  // namespace eqlc
