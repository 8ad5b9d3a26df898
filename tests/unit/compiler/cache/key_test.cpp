#include "compiler/cache/key.h"

#include <gtest/gtest.h>

#include <set>

#include "compiler/cache/build_id.h"

namespace eqlc::cache {
namespace {

RuleInputs Inputs(const std::vector<RuleText>& texts) {
  RuleInputs inputs;
  for (const RuleText& text : texts) inputs.files.push_back({text});
  return inputs;
}

std::string Key(const RuleInputs& inputs, const CompileOptions& options = {}) {
  const auto key = KeyOf(inputs, options);
  EXPECT_TRUE(key.ok());
  return key.ok() ? *key : "";
}

TEST(CacheKey, ThisBuildHasAnIdentity) { EXPECT_NE(BuildId(), ""); }

TEST(CacheKey, EqualThingsHaveEqualKeys) {
  const RuleInputs inputs = Inputs({{"a.eql", "any where true"}});
  EXPECT_EQ(Key(inputs), Key(inputs));
  EXPECT_EQ(Key(inputs).size(), 64u);
  EXPECT_EQ(Key(inputs, {.cache_dir = "here"}), Key(inputs, {.cache_dir = "there"}));
  EXPECT_EQ(Key(inputs, {.background_code = true}), Key(inputs));
  EXPECT_EQ(Key(inputs, {.threads = 3, .perf_map = true, .debugger = true}), Key(inputs));
}

TEST(CacheKey, EverythingThatMattersChangesIt) {
  const std::vector<RuleText> rules = {{"a.eql", "x"}, {"b.eql", "y"}};
  const RuleInputs inputs = Inputs(rules);
  RuleInputs unreadable = inputs;
  unreadable.files[1].failure = Diagnostic{};
  RuleInputs missing = inputs;
  missing.diagnostics.emplace_back();
  const auto schema = [](const char* json) { return *Schema::Parse(json); };
  const std::vector<std::string> keys = {
      Key(inputs),
      Key(Inputs({})),
      Key(Inputs({rules[0]})),
      Key(Inputs({rules[1], rules[0]})),
      Key(Inputs({{"c.eql", "x"}, rules[1]})),
      Key(Inputs({{"a.eql", "z"}, rules[1]})),
      Key(Inputs({{"a.eqlx", ""}, rules[1]})),
      Key(unreadable),
      Key(missing),
      Key(inputs, {.dialect = Dialect::kElastic}),
      Key(inputs, {.case_sensitive = true}),
      Key(inputs, {.native_code = false}),
      Key(inputs, {.opt_level = OptLevel::kO2}),
      Key(inputs, {.timestamp_field = "time"}),
      Key(inputs, {.tiebreaker_field = "time"}),
      Key(inputs, {.event_category_field = "time"}),
      Key(inputs, {.schema = schema("{}")}),
      Key(inputs, {.schema = schema(R"({"a":"ip"})")}),
      Key(inputs, {.schema = schema(R"({"a":"ip"})"), .strict_schema = true}),
      Key(inputs, {.note_costly = true}),
      Key(inputs, {.disabled_passes = {"all"}}),
      Key(inputs, {.disabled_passes = {"a", "b"}}),
      Key(inputs, {.disabled_passes = {"ab"}}),
  };
  EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), keys.size());
}

}  // namespace
}  // namespace eqlc::cache
