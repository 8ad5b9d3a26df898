// Literal expressions and their values (docs/semantics.md sections 3.2, 3.8 and 4.4).
#include "compiler/ir/fold.h"

#include <gtest/gtest.h>

#include "compiler/ir/ir.h"
#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

// The value of a constant expression as the IR prints it.
std::string Folded(const std::string& text) {
  testing::CheckedQuery query("any where a == (" + text + ")");
  if (!query.typed()) return "does not check";
  const auto& condition = std::get<ast::EventQuery>(query.typed()->ast->query.body).filter.condition;
  const auto& compare = std::get<ast::Compare>((*query.typed()->ast)[condition].node);
  ir::Folder folder(*query.typed(), query.sink());
  ir::Module module;
  const std::string value = ir::PrintExpr(module, module.Const(ir::Literal::Of(folder.Fold(compare.right))));
  return query.sink().has_errors() ? "error" : value;
}

struct FoldCase {
  const char* text;
  const char* value;
};

void ExpectFolded(const std::vector<FoldCase>& cases) {
  for (const FoldCase& c : cases) EXPECT_EQ(Folded(c.text), c.value) << c.text;
}

TEST(Fold, ThreeValuedLogic) {
  ExpectFolded({
      {"null == null", "true"},
      {"null != null", "false"},
      {"\"a\" == null", "false"},
      {"\"a\" != null", "true"},
      {"null == \"a\"", "false"},
      {"null < 5", "null"},
      {"5 >= null", "null"},
      {"not null", "null"},
      {"not true", "false"},
      {"null and false", "false"},
      {"null and true", "null"},
      {"null or true", "true"},
      {"null or false", "null"},
      {"null in (\"a\")", "null"},
      {"\"a\" in (null)", "null"},
      {"\"a\" not in (\"a\")", "false"},
      {"\"a\" in (null, \"a\")", "true"},
  });
}

TEST(Fold, Comparisons) {
  ExpectFolded({
      {"1 == 1.0", "true"},
      {"\"a\" == \"A\"", "false"},
      {"\"a\" < \"b\"", "true"},
      {"true == true", "true"},
      {"2 != 3", "true"},
      {"\"10\" == 10", "true"},
      {"\"x\" == 10", "null"},
      {"\"a*\" == \"abc\"", "false"},
      {"18446744073709551615 > 9223372036854775807", "true"},
  });
}

TEST(Fold, Patterns) {
  ExpectFolded({
      {"\"Abc\" : \"a*\"", "true"},
      {"\"Abc\" like \"a*\"", "false"},
      {"\"Abc\" like~ \"a?c\"", "true"},
      {"\"B\" in~ (\"a\", \"b\")", "true"},
      {"\"B\" in (\"a\", \"b\")", "false"},
      {"\"abcd\" regex \"ab\"", "false"},
      {"\"abcd\" regex (\"x\", \"ab.*\")", "true"},
      {"\"ABCD\" regex~ \"abcd\"", "true"},
  });
}

TEST(Fold, Arithmetic) {
  ExpectFolded({
      {"7 / 2", "3"},
      {"-7 / 2", "-3"},
      {"7.0 / 2", "3.5"},
      {"-7 % 3", "-1"},
      {"1 + null", "null"},
      {"2147483647 + 1", "2147483648"},
      {"5 / 0", "error"},
      {"5 % 0", "error"},
      {"9223372036854775807 + 1", "error"},
      {"+5 - -3", "8"},
      {"1 + 2 * 3", "7"},
      {"-18446744073709551615", "error"},
  });
}

TEST(Fold, Functions) {
  ExpectFolded({
      {"between(\"welcome to the planet\", \"welcome\", \"e\")", "\" to th\""},
      {"between(\"welcome to the planet\", \"welcome\", \"e\", true)", "\" to the plan\""},
      {"between~(\"System Idle Process\", \"s\", \"e\")", "\"yst\""},
      {"between(null, \"a\", \"b\")", "null"},
      {"cidrMatch(\"10.6.48.157\", \"10.6.48.157/8\")", "true"},
      {"cidrMatch(\"192.168.1.7\", \"10.0.0.0/8\", \"192.168.0.0/16\")", "true"},
      {"cidrMatch(\"10.6.48.157\", \"10.6.48.158\")", "false"},
      {"cidrMatch(null, \"10.0.0.0/8\")", "null"},
      {"cidrMatch(\"10.0.0.1\", \"10.0.0.0/8\", null)", "null"},
      {"concat(\"a\", 42, true)", "\"a42true\""},
      {"concat(\"a\", null)", "null"},
      {"endsWith(\"regsvr32.exe\", \".EXE\")", "false"},
      {"endsWith~(\"regsvr32.exe\", \".EXE\")", "true"},
      {"indexOf(\"abc\", \"z\")", "null"},
      {"indexOf(\"user@example.com\", \"@\")", "4"},
      {"length(\"explorer.exe\")", "12"},
      {"number(\"0x539\") + number(\"fa\", 16)", "1587"},
      {"string(null)", "null"},
      {"stringContains~(\"abc\", \"B\")", "true"},
      {"substring(\"hello world\", -5, -1)", "\"worl\""},
      {"divide(4, 3)", "1"},
      {"modulo(-10, 6)", "-4"},
  });
}

}  // namespace
}  // namespace eqlc
