// Rulesets that are linked in: every reason to refuse one, and what a good one gives.
#include "runtime/program/native_ruleset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "runtime/program/helper_table.h"
#include "runtime/program/program.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::ImageBuilder;

bool AlwaysTrue(const abi::EventFrame*, const abi::ProgramTables*) noexcept { return true; }

// What an object file would hold: one rule with one condition.
struct RulesetTest : public ::testing::Test {
  RulesetTest() {
    ImageBuilder b;
    b.Rule(RuleKind::kEvent, {b.Condition(b.Leaf(b.Field("a")))});
    image = b.Build();
    std::memcpy(ruleset.magic, abi::kRulesetMagic, sizeof ruleset.magic);
    ruleset.native_version = abi::kNativeVersion;
    ruleset.image_version = abi::kImageVersion;
    ruleset.cpu = "abacus";
    ruleset.cpu_features = "";
    ruleset.image = image.data();
    ruleset.image_size = image.size();
    ruleset.image_checksum = reinterpret_cast<const abi::ImageHeader*>(image.data())->checksum;
    ruleset.condition_count = 1;
    ruleset.rule_count = 1;
    ruleset.conditions = conditions;
    ruleset.advance = advance;
    helpers.resize(HelperTable().size());
    ruleset.helpers = helpers.data();
    ruleset.helper_count = helpers.size();
  }

  std::string Refusal() const {
    const auto program = Program::FromLinked(ruleset);
    return program.ok() ? "" : program.error().message;
  }

  std::vector<std::byte> image;
  const abi::ConditionFn conditions[1] = {AlwaysTrue};
  const abi::AdvanceFn advance[1] = {nullptr};
  std::vector<const void*> helpers;
  abi::NativeRuleset ruleset{};
};

TEST_F(RulesetTest, AGoodOneIsUsedInPlace) {
  const auto program = Program::FromLinked(ruleset);
  ASSERT_TRUE(program.ok()) << program.error().message;
  EXPECT_TRUE((*program)->has_native_code());
  EXPECT_EQ((*program)->image().data(), image.data());
  EXPECT_EQ((*program)->impl().native->tables().conditions[0].load(), AlwaysTrue);
  EXPECT_EQ((*program)->rules().at(0).id, "rule-0");
}

TEST_F(RulesetTest, HelpersAreFilledInOnce) {
  static const char kOther = 0;
  helpers[1] = &kOther;  // as if it had been in use already
  ASSERT_EQ(Refusal(), "");
  for (size_t i = 0; i < helpers.size(); ++i) EXPECT_EQ(helpers[i], i == 1 ? &kOther : HelperTable()[i].address) << i;
}

TEST_F(RulesetTest, RefusesWhatIsNone) {
  ruleset.magic[0] ^= 1;
  EXPECT_THAT(Refusal(), HasSubstr("not a compiled ruleset"));
}

TEST_F(RulesetTest, RefusesOtherVersions) {
  ruleset.native_version += 1;
  EXPECT_THAT(Refusal(), HasSubstr("its machine code has version"));
  ruleset.native_version -= 1;
  ruleset.image_version += 1;
  EXPECT_THAT(Refusal(), HasSubstr("its program image has version"));
}

TEST_F(RulesetTest, RefusesAnotherProcessorByTheNamesOfWhatItLacks) {
  ruleset.cpu_features = "telepathy,levitation";
  EXPECT_THAT(Refusal(), HasSubstr("compiled for abacus, and this processor lacks telepathy,levitation"));
  EXPECT_EQ(helpers[0], nullptr);
}

TEST_F(RulesetTest, RefusesTablesThatDoNotFitTheImage) {
  ruleset.condition_count = 2;
  EXPECT_THAT(Refusal(), HasSubstr("lacks code"));
  ruleset.condition_count = 1;
  ruleset.rule_count = 0;
  EXPECT_THAT(Refusal(), HasSubstr("lacks code"));
  ruleset.rule_count = 1;
  ruleset.image_checksum ^= 1;
  EXPECT_THAT(Refusal(), HasSubstr("other rules"));
  ruleset.image_checksum ^= 1;
  ruleset.helper_count -= 1;
  EXPECT_THAT(Refusal(), HasSubstr("number of helpers"));
}

TEST_F(RulesetTest, RefusesADamagedImage) {
  image.back() ^= std::byte{1};
  EXPECT_THAT(Refusal(), HasSubstr("damaged program image"));
}

}  // namespace
}  // namespace eqlc
