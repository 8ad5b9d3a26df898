#include "compiler/cache/key.h"

#include <gtest/gtest.h>

#include <set>

#include "compiler/cache/build_id.h"
#include "compiler/cache/memory.h"

namespace eqlc::cache {
namespace {

RuleInputs Inputs(const std::vector<RuleText>& texts) {
  RuleInputs inputs;
  for (const RuleText& text : texts) inputs.files.push_back({text});
  return inputs;
}

std::string Key(RuleInputs inputs, const CompileOptions& options = {}) {
  for (RuleInput& input : inputs.files) input.digest = DigestOf(input);
  const auto key = KeyOf(inputs, options);
  EXPECT_TRUE(key.ok());
  return key.ok() ? *key : "";
}

TEST(CacheKey, ThisBuildHasAnIdentity) { ASSERT_TRUE(BuildId().ok()); }

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

// What is remembered of single rules is the same whatever the others are, and whatever is done with them later.
TEST(CacheKey, OfTheMemoryDependsOnPlaceAndFrontEnd) {
  RuleInputs inputs = Inputs({{"a.eql", "x"}});
  inputs.origin = {"rules"};
  const auto key = [&](const CompileOptions& options = {}) { return *MemoryKeyOf(inputs, options); };
  const std::string first = key();
  EXPECT_NE(first, Key(inputs));
  EXPECT_EQ(key({.native_code = false, .opt_level = OptLevel::kO2, .note_costly = true}), first);
  EXPECT_EQ(key({.timestamp_field = "time", .tiebreaker_field = "n"}), first);
  inputs.files[0].text.contents = "y";
  EXPECT_EQ(key(), first);
  const std::set<std::string> others = {
      first,
      key({.dialect = Dialect::kPython}),
      key({.case_sensitive = true}),
      key({.event_category_field = "kind"}),
      key({.schema = *Schema::Parse("{}")}),
      key({.schema = *Schema::Parse("{}"), .strict_schema = true}),
  };
  EXPECT_EQ(others.size(), 6u);
  inputs.origin = {"other"};
  EXPECT_NE(key(), first);
}

}  // namespace
}  // namespace eqlc::cache
