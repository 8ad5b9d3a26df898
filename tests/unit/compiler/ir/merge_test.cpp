// Rules that are lowered by themselves and merged are those that are lowered into one module.
#include "compiler/ir/merge.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "compiler/index/build_index.h"
#include "compiler/opt/optimize.h"
#include "tests/support/random_eql.h"
#include "tests/support/random_python.h"
#include "tests/unit/compiler/ir/built_rule.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace eqlc {
namespace {

// Of a rule alone; empty when it has errors, which leave parts of it in a module.
std::vector<std::byte> ImageOf(const std::string& query, Dialect dialect) {
  ir::Module alone;
  testing::AddRule(query, alone, dialect);
  return alone.rules().empty() ? std::vector<std::byte>() : ir::WriteImage(alone);
}

void ExpectMergedAsBuilt(const std::vector<std::string>& queries, Dialect dialect) {
  ir::Module built, merged;
  for (const std::string& query : queries) {
    const auto bytes = std::make_shared<const std::vector<std::byte>>(ImageOf(query, dialect));
    if (bytes->empty()) continue;
    testing::AddRule(query, built, dialect);
    const Result<Image> image = Image::ParseInPlace(*bytes);
    ASSERT_TRUE(image.ok()) << query << "\n" << image.error().message;
    const Status status = ir::Merge(*image, bytes, merged);
    ASSERT_TRUE(status.ok()) << query;
  }
  EXPECT_GT(built.rules().size(), 0u);
  EXPECT_EQ(ir::Verify(merged), "");
  EXPECT_EQ(ir::Print(merged), ir::Print(built));
  EXPECT_EQ(ir::WriteImage(merged), ir::WriteImage(built));
}

TEST(Merge, GivesRandomRulesAsTheyAreBuilt) {
  testing::RandomEql eql(1);
  testing::RandomPython python(1);
  std::vector<std::string> elastic_queries, endpoint_queries, python_queries;
  for (int i = 0; i < 200; ++i) {
    elastic_queries.push_back(eql.Query());
    endpoint_queries.push_back(eql.EndpointQuery());
    python_queries.push_back(python.Query());
  }
  ExpectMergedAsBuilt(elastic_queries, Dialect::kElastic);
  ExpectMergedAsBuilt(endpoint_queries, Dialect::kEndpoint);
  ExpectMergedAsBuilt(python_queries, Dialect::kPython);
}

TEST(Merge, KeepsWhatTheDialectsHave) {
  ExpectMergedAsBuilt(
      {
          "sequence by host.id with maxspan=5m [process where a == 1 and b : (\"x*\", \"y\")] with runs=2 "
          "![file where c != null] [network where a == 1] until [process where d == 4] | head 3",
          "sample by host.id [any where a == 1] by user.id [any where b == \"x\"] by user.name",
          "any where cidrMatch(source.ip, \"10.0.0.0/8\", \"::1/128\") and not endsWith~(a, \"B\") or c regex \"x.*\"",
          "any where a == 18446744073709551615 or a > -2.5 or a in (true, null, 3) or length(b) + 3 * a == 7",
      },
      Dialect::kElastic);
  ExpectMergedAsBuilt(
      {
          "process where _arraysearch(dll.list, $e, $e.name == \"x\" and _arraysearch($e.sub, $f, $f.a == $e.b))",
          "process where _arraysearch(other.list, $x, $x.name == \"x\") or _arraysearch(dll.list, $e, $e.name == "
          "\"y\")",
          "sequence by process.entity_id [process where a == 1] as event0 [file where b == event0.c and d == 2]",
          "sequence [process where a == 1] [file where b == 2] by user.id",
          "process where descendant of [process where a == 1 and child of [process where b == 2]]",
          "process where child of [process where b == 2] and not _arraysearch(dll.list, $e, $e.name == \"x\")",
      },
      Dialect::kEndpoint);
  ExpectMergedAsBuilt(
      {
          "sequence by user_name, length(command_line) [process where a == 1] [file where b == 2]",
          "join by wildcard(a, \"x*\") [process where a == 1] [file where b == 2] until [file where c]",
          "process where descendant of [process where event of [file where name == \"a\"]] | unique a, b | sort c",
          "sequence [process where arraySearch(a, x, x == b)] [any where arrayCount(c, y, y == 1) > 2] | filter "
          "events[1].a == 3 | count a",
          "process where child of [process where a.b[0].c == 1] | unique_count a | tail 7",
      },
      Dialect::kPython);
}

std::string IndexOf(ir::Module& module) {
  index::ChooseSignature(module);
  return index::PrintIndex(module);
}

TEST(Merge, KeepsWhatConditionsRequire) {
  ir::Module built, merged;
  for (const char* query : {
           R"(process where a : ("xyz*", "b") and c == 1)",
           R"(sequence [process where c == 1 and a : ("xyz*", "b")] [file where d != null])",
           R"(process where descendant of [process where b == "q" and a : "?abcd*"] and not a == "z")",
           R"(process where a : ("xyz*", "b") and c == 1)",
           R"(any where not c == 1)",
       }) {
    testing::AddRule(query, built, Dialect::kEndpoint);
    ir::Module alone;
    testing::AddRule(query, alone, Dialect::kEndpoint);
    index::AddRequirements(alone);
    const auto bytes = std::make_shared<const std::vector<std::byte>>(ir::WriteImage(alone));
    ASSERT_TRUE(ir::Merge(Image::ParseInPlace(*bytes).value(), bytes, merged).ok()) << query;
  }
  index::AddRequirements(built);
  EXPECT_EQ(IndexOf(merged), IndexOf(built));
  EXPECT_TRUE(Image::Parse(ir::WriteImage(merged)).ok());
}

// Passes may leave what a lineage watches behind the nodes that ask for the lineage.
TEST(Merge, WaitsForFields) {
  ir::Module alone, merged;
  testing::AddRule("process where descendant of [process where (b == 1 or c == 2) and b == 1] and a == 3", alone,
                   Dialect::kEndpoint);
  opt::Optimize(alone, {});
  const auto bytes = std::make_shared<const std::vector<std::byte>>(ir::WriteImage(alone));
  const Image image = Image::ParseInPlace(*bytes).value();
  const abi::ExprId watched = image.conditions()[image.lineages()[0].source].root;
  bool waits = false;
  for (abi::ExprId id = 0; id < watched; ++id) {
    const abi::ExprNode& node = image.exprs()[id];
    waits |= node.op == abi::Op::kField && image.fields()[node.aux].role == abi::FieldRole::kLineage;
  }
  EXPECT_TRUE(waits) << "the rule does not show what it is there for";
  ASSERT_TRUE(ir::Merge(image, bytes, merged).ok());
  EXPECT_EQ(ir::Verify(merged), "");
  merged.Prune();
  ASSERT_EQ(merged.conditions().size(), alone.conditions().size());
  for (abi::ConditionId id = 0; id < alone.conditions().size(); ++id) {
    EXPECT_EQ(ir::PrintExpr(merged, merged.conditions()[id]), ir::PrintExpr(alone, alone.conditions()[id]));
  }
}

// What no rule lowered to is refused, or gives what can be written as an image and verified in its turn.
TEST(Merge, StandsAnyImage) {
  const std::vector<std::byte> good =
      ImageOf("process where _arraysearch(a, $e, $e.b == 1) and descendant of [process where c == 2] and d : \"x*\"",
              Dialect::kEndpoint);
  std::mt19937 random(5);
  size_t merged = 0;
  size_t refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::byte> bytes = good;
    for (int n = random() % 3; n >= 0; --n) {
      const size_t at = sizeof(abi::ImageHeader) + random() % (bytes.size() - sizeof(abi::ImageHeader));
      bytes[at] = std::byte(random() % 4 == 0 ? random() % 256 : random() % 8);
    }
    testing::ImageBuilder::Seal(bytes);
    const Result<Image> image = Image::ParseInPlace(bytes);
    if (!image) continue;
    ir::Module module;
    const bool usable = ir::Merge(*image, nullptr, module) && Image::Parse(ir::WriteImage(module));
    ++(usable ? merged : refused);
  }
  EXPECT_GT(merged, 100u);
  EXPECT_GT(refused, 0u);
}

}  // namespace
}  // namespace eqlc
