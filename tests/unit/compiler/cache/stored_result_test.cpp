#include "compiler/cache/stored_result.h"

#include <gtest/gtest.h>

namespace eqlc::cache {
namespace {

CompileResult Example() {
  CompileResult result;
  result.rules_total = 7;
  result.rules_failed = 2;
  result.rules_warned = 1;
  result.other_rules = 3;
  Diagnostic d;
  d.severity = Severity::kWarning;
  d.code = "W0203";
  d.message = "always true";
  d.range = {"a.eql", 3, 4, 5, "any where \xC3\xA4 == 1"};
  d.labels.push_back({{"b.eql", 1, 2, 3, "text"}, "first used here"});
  d.hints = {"do this", "or that"};
  d.rule_id = "rule";
  result.diagnostics = {d, Diagnostic{}};
  return result;
}

TEST(StoredResult, SaysTheSameAgain) {
  const CompileResult before = Example();
  const auto after = ReadResult(StoreResult(before));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->rules_total, 7u);
  EXPECT_EQ(after->rules_failed, 2u);
  EXPECT_EQ(after->rules_warned, 1u);
  EXPECT_EQ(after->other_rules, 3u);
  ASSERT_EQ(after->diagnostics.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(RenderText(after->diagnostics[i], false), RenderText(before.diagnostics[i], false));
    EXPECT_EQ(RenderJson(after->diagnostics[i]), RenderJson(before.diagnostics[i]));
  }
}

TEST(StoredResult, RefusesWhatIsTooShortOrTooLong) {
  std::vector<std::byte> bytes = StoreResult(Example());
  for (size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(ReadResult(std::span(bytes).first(size))) << size;
  bytes.push_back(std::byte{0});
  EXPECT_FALSE(ReadResult(bytes));
}

TEST(StoredResult, NeverCrashesOnOtherBytes) {
  const std::vector<std::byte> bytes = StoreResult(Example());
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::vector<std::byte> changed = bytes;
    changed[i] ^= std::byte{0xFF};
    if (const auto result = ReadResult(changed)) RenderText(result->diagnostics.at(0), false);
  }
}

}  // namespace
}  // namespace eqlc::cache
