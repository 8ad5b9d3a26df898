// WriteImage, read back by the runtime.
#include <gtest/gtest.h>

#include "runtime/program/image.h"
#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc {
namespace {

ir::Module MakeModule() {
  ir::Module module;
  module.timestamp_field = module.Field("@timestamp");
  testing::AddRule("process where a.b in (\"x\", 7, 1.5, true) and startsWith~(c, \"y\")", module);
  testing::AddRule(
      "sequence by ?k with maxspan=5s [any where a.b == \"x\"] with runs=3 ![any where c regex~ \"z+\"] "
      "until [any where d] | tail 4",
      module);
  return module;
}

TEST(ImageWriter, TheRuntimeReadsBackWhatWasWritten) {
  const ir::Module module = MakeModule();
  auto image = Image::Parse(ir::WriteImage(module));
  ASSERT_TRUE(image.ok()) << image.error().message;

  ASSERT_EQ(image->exprs().size(), module.exprs().size());
  for (ir::ExprId id = 0; id < module.exprs().size(); ++id) {
    EXPECT_EQ(image->exprs()[id].op, module.expr(id).op);
    EXPECT_EQ(image->exprs()[id].flags, module.expr(id).flags);
    EXPECT_EQ(image->exprs()[id].aux, module.expr(id).aux);
    EXPECT_TRUE(std::ranges::equal(image->args(id), module.args(id)));
  }
  ASSERT_EQ(image->fields().size(), module.fields().size());
  for (size_t i = 0; i < module.fields().size(); ++i) {
    EXPECT_EQ(image->text(image->fields()[i].path), module.fields()[i]);
  }
  ASSERT_EQ(image->literals().size(), module.literals().size());
  for (size_t i = 0; i < module.literals().size(); ++i) {
    const abi::ImageLiteral& literal = image->literals()[i];
    EXPECT_EQ(literal.kind, module.literals()[i].kind);
    if (literal.kind == abi::ValueKind::kString) {
      EXPECT_EQ(image->text({static_cast<uint32_t>(literal.payload), literal.size}), module.literals()[i].text);
    } else {
      EXPECT_EQ(static_cast<int64_t>(literal.payload), module.literals()[i].i64);
    }
  }
  ASSERT_EQ(image->functions().size(), 1u);
  EXPECT_EQ(image->text(image->functions()[0].name), "startsWith");
  EXPECT_EQ(image->conditions().size(), module.conditions().size());
  EXPECT_EQ(image->header().leaf_count, module.leaf_count());
  EXPECT_EQ(image->header().timestamp_field, module.timestamp_field);
  EXPECT_EQ(image->header().tiebreaker_field, abi::kNone);
}

TEST(ImageWriter, RulesKeepTheirPlan) {
  const ir::Module module = MakeModule();
  auto image = Image::Parse(ir::WriteImage(module));
  ASSERT_TRUE(image.ok()) << image.error().message;
  ASSERT_EQ(image->rules().size(), 2u);
  const abi::ImageRule& event = image->rules()[0];
  EXPECT_EQ(image->text(event.id), "rule");
  EXPECT_EQ(image->text(event.name), "A rule");
  EXPECT_EQ(image->text(event.severity), "low");
  EXPECT_EQ(image->text(event.query), module.rules()[0].query.text());
  EXPECT_EQ(image->text(event.parameters), "{}");
  EXPECT_EQ(event.risk_score, 21u);
  EXPECT_EQ(event.item_count, 1u);
  EXPECT_EQ(event.key_count, 0u);
  EXPECT_EQ(event.until_item, abi::kNone);
  EXPECT_EQ(event.maxspan_ns, -1);
  EXPECT_EQ(event.pipe_count, 0u);

  const abi::ImageRule& sequence = image->rules()[1];
  EXPECT_EQ(sequence.kind, static_cast<uint8_t>(RuleKind::kSequence));
  EXPECT_EQ(sequence.item_count, 2u);
  EXPECT_EQ(sequence.key_count, 1u);
  EXPECT_EQ(sequence.maxspan_ns, 5'000'000'000);
  const auto items = image->items().subspan(sequence.first_item);
  EXPECT_EQ(items[0].runs, 3u);
  EXPECT_EQ(items[0].missing, 0u);
  EXPECT_EQ(items[1].missing, 1u);
  EXPECT_EQ(image->keys()[items[1].first_key].optional, 1u);
  EXPECT_EQ(image->text(image->fields()[image->keys()[items[1].first_key].field].path), "k");
  ASSERT_EQ(sequence.until_item, sequence.first_item + 2);
  EXPECT_EQ(items[2].condition, module.rules()[1].until.condition);
  ASSERT_EQ(sequence.pipe_count, 1u);
  EXPECT_EQ(image->pipes()[sequence.first_pipe].kind, abi::PipeKind::kTail);
  EXPECT_EQ(image->pipes()[sequence.first_pipe].count, 4u);
}

TEST(ImageWriter, EqualModulesGiveEqualBytes) { EXPECT_EQ(ir::WriteImage(MakeModule()), ir::WriteImage(MakeModule())); }

TEST(ImageWriter, AnEmptyModuleIsAnImage) { EXPECT_TRUE(Image::Parse(ir::WriteImage(ir::Module())).ok()); }

}  // namespace
}  // namespace eqlc
