// An image is read back as the module that it was written of, to the last number.
#include "compiler/ir/image_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/schema.hpp"
#include "tests/support/random_eql.h"
#include "tests/support/random_python.h"
#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc {
namespace {

void ExpectReadBack(const Program& program) {
  const Image image = Image::ViewVerified(program.image());
  const Result<ir::Module> module = ir::ReadImage(image);
  ASSERT_TRUE(module.ok()) << module.error().message;
  EXPECT_EQ(ir::Verify(*module), "");
  EXPECT_TRUE(std::ranges::equal(ir::WriteImage(*module), image.bytes()));
}

void ExpectReadBack(const std::vector<RuleText>& rules, CompileOptions options) {
  options.native_code = false;
  const CompileResult result = Compile(rules, options);
  EXPECT_FALSE(result.program->rules().empty());
  ExpectReadBack(*result.program);
}

TEST(ReadImage, GivesRandomRulesBack) {
  testing::RandomEql eql(3);
  testing::RandomPython python(3);
  std::vector<RuleText> elastic_rules, endpoint_rules, python_rules;
  for (int i = 0; i < 150; ++i) {
    const std::string name = std::to_string(i) + ".eql";
    elastic_rules.push_back({name, eql.Query()});
    endpoint_rules.push_back({name, eql.EndpointQuery()});
    python_rules.push_back({name, python.Query()});
  }
  for (const std::vector<std::string>& disabled :
       {std::vector<std::string>(), std::vector<std::string>{std::string(kAllPasses)}}) {
    ExpectReadBack(elastic_rules, {.dialect = Dialect::kElastic, .disabled_passes = disabled});
    ExpectReadBack(endpoint_rules, {.dialect = Dialect::kEndpoint, .disabled_passes = disabled});
    ExpectReadBack(python_rules, {.dialect = Dialect::kPython, .disabled_passes = disabled});
  }
}

TEST(ReadImage, GivesWhatBelongsToTheRulesetBack) {
  const auto schema = Schema::Parse(R"({
      "code": {"type": "keyword", "null_value": "none"}, "when": {"type": "date", "format": "dd/MM/yyyy"}})");
  ASSERT_TRUE(schema.ok()) << schema.error().message;
  ExpectReadBack({{"a.eql", R"(process where code == "none" and when > "01/02/2020")"},
                  {"b.eql", R"(sequence by host.id [file where code == "x"] [network where process.name : "y*"])"}},
                 {.timestamp_field = "when", .tiebreaker_field = "event.sequence", .schema = *schema});
}

TEST(ReadImage, GivesNoRulesBack) { ExpectReadBack(*Compile({}, {}).program); }

// A node that nothing comes before it for: no module is numbered like this.
TEST(ReadImage, RefusesAnotherOrder) {
  ir::Module module;
  testing::AddRule("any where a == 1 or b == 2", module);
  std::vector<std::byte> bytes = ir::WriteImage(module);
  const Image image = Image::ViewVerified(bytes);
  ASSERT_TRUE(ir::ReadImage(image).ok());
  const size_t first = image.header().exprs.offset;
  const size_t size = sizeof(abi::ExprNode);
  std::swap_ranges(bytes.begin() + first, bytes.begin() + first + size, bytes.begin() + first + size);
  EXPECT_FALSE(ir::ReadImage(image).ok());
}

}  // namespace
}  // namespace eqlc
