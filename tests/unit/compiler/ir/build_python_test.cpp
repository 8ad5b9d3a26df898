// What conditions of python-eql become. Fields in brackets are whole values; `!` marks python-eql's reading.
#include <gtest/gtest.h>

#include "compiler/ir/build.h"
#include "compiler/syntax/parser.h"

namespace eqlc {
namespace {

std::string Lowered(const std::string& condition, bool case_sensitive = false) {
  const std::string query = "any where " + condition;
  const SourceMap map(std::make_shared<SourceFile>("query", query));
  DiagnosticSink sink(map, "rule");
  const std::optional<ast::Ast> ast = Parse(query, sink, Syntax::kPython);
  if (!ast) return "syntax";
  const std::optional<TypedQuery> typed =
      Check(*ast, {.dialect = Dialect::kPython, .case_sensitive = case_sensitive}, sink);
  ir::Module module;
  if (!typed || !BuildRule(RuleSource{.id = "case", .query = query, .query_map = map}, *typed, "type", module, sink))
    return "refused";
  EXPECT_EQ(ir::Verify(module), "");
  return ir::PrintExpr(module, module.conditions()[module.rules()[0].items[0].condition]);
}

struct Row {
  const char* condition;
  const char* lowered;
};

TEST(BuildPython, Expressions) {
  const Row rows[] = {
      {"a == 'x'", R"((leaf (eq~! [a] "x")))"},
      {"'x' != a", R"((leaf (not (eq~! [a] "x"))))"},
      {"5 < a", "(leaf (gt~! [a] 5))"},
      {"a == 'x*'", R"((leaf (like~! [a] "x*")))"},
      {"not (a == 1 and not b == 2)", "(any (leaf (not (eq~! [a] 1))) (leaf (eq~! [b] 2)))"},
      {"a == null", "(leaf (is_null [a]))"},
      {"a", "(leaf (truth [a]))"},
      {"not a", "(leaf (not (truth [a])))"},
      {"a in ('y', 'x')", R"((leaf (in~! [a] "x" "y")))"},
      {"a in (b, 'x')", R"((leaf (or (eq~! [a] [b]) (eq~! [a] "x"))))"},
      {"a % 2 == 7 / 2", "(leaf (eq~! (mod! [a] 2) 3))"},
      {"a.b[1].c == 1", R"((leaf (eq~! (at (at [a.b] 1) "c") 1)))"},
      {"match(a, 'x')", R"((leaf (regex~! [a] "x")))"},
      {"arraySearch(l, e, e.x == a)", R"((leaf (search $0 [l] (eq~! (at $0 "x") [a]))))"},
      {"startsWith(a, 'x')", R"((leaf (call~ startsWith [a] "x")))"},
      {"length(a) == 1", "(leaf (eq~! (call python.length [a]) 1))"},
      {"a == a", "(all)"},
      {"a == 1 or true", "(all)"},
      {"null", "(any)"},
      {"concat('a', 1) == 'A1'", "(all)"},
  };
  for (const Row& row : rows) EXPECT_EQ(Lowered(row.condition), row.lowered) << row.condition;
  EXPECT_EQ(Lowered("a == 'x' and b == 'y*'", true), R"((all (leaf (eq! [a] "x")) (leaf (like! [b] "y*"))))");
}

}  // namespace
}  // namespace eqlc
