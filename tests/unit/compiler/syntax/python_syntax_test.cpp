// Queries as python-eql reads them, in the spelling of the printer.
#include <gtest/gtest.h>

#include "compiler/syntax/parser.h"
#include "compiler/syntax/print.h"

namespace eqlc {
namespace {

std::string Printed(std::string_view query, Syntax syntax = Syntax::kPython) {
  const SourceMap map(std::make_shared<SourceFile>("query", std::string(query)));
  DiagnosticSink sink(map, "rule");
  const std::optional<ast::Ast> ast = Parse(query, sink, syntax);
  return ast ? PrintQuery(*ast) : sink.Take().at(0).code;
}

struct Row {
  std::string_view query;
  std::string_view printed;
};

TEST(PythonSyntax, ReadsAs) {
  const Row rows[] = {
      {"any where a = 1", "any where a == 1"},
      {"any where a in (1, 2,)", "any where a in (1, 2)"},
      {"any where f(a,)", "any where f(a)"},
      {"any where a:length() = 1", "any where length(a) == 1"},
      {"any where a:f(1):g()", "any where g(f(a, 1))"},
      {"any where a + b in (1)", "any where (a + b) in (1)"},
      {"any where -a in (1)", "any where (-a) in (1)"},
      {"any where not a * 2 not in (1)", "any where not (a * 2) not in (1)"},
      {"| head 5", "any where true\n| head 5"},
      {"any where true | sort a b | head 1", "any where true\n| sort a, b\n| head 1"},
      {"any where true | sort a, b, | head 1,", "any where true\n| sort a, b\n| head 1"},
      {"sequence by a, with maxspan=1s [any where true] by b, [any where true] by c, until [any where true] by d,",
       "sequence by a with maxspan=1s\n  [any where true] by b\n  [any where true] by c\nuntil [any where true] by d"},
      {"macro M(x) x == 1 any where M(a,) and a:f(1,) == 2", "any where a == 1 and f(a, 1) == 2"},
      {"any where -a:f(1) == -b", "any where f(-a, 1) == -b"},
      {"any where 1 + -a:f():g() == 2", "any where 1 + g(f(-a)) == 2"},
      {"sequence with maxspan=1s by a [any where true] fork=true by b [any where fork = 1] fork=false",
       "sequence by a with maxspan=1s\n  [any where true] fork by b\n  [any where fork == 1]"},
      {"const N = 5 macro M(x) x > N or x == null any where M(a + 1)", "any where a + 1 > 5 or a + 1 == null"},
      {"any where any = maxspan", "any where `any` == `maxspan`"},
      {"macro = 1", "E0101"},
      {"any where ?'C:\\'", "any where ?'C:\\'\n"},
      {"any where a == ?\"C:\\\\\"\nand ?\"b\" == a", "any where a == ?\"C:\\\\\"\n and ?\"b\" == a"},
      {"any where `macro` == a.`const`.b", "any where macro == a.const.b"},
      {"any where ?'a\\'b' == ?\"c\\d\"", "any where ?'a\\'b' == ?\"c\\d\""},
  };
  for (const Row& row : rows) EXPECT_EQ(Printed(row.query), row.printed) << row.query;
}

TEST(PythonSyntax, Refuses) {
  for (const std::string_view query : {"any where a in (1) + 2",
                                       "any where a in (1) == true",
                                       "any where true == a in (1)",
                                       "any where --a == 1",
                                       "any where a : length()",
                                       "any where a:length ()",
                                       "any where /* a /* b */ c */ true",
                                       "any where a = = 1",
                                       "any where f(,1)",
                                       "any where a,",
                                       "any where (a == 1,)",
                                       "any where f(a), | head 1",
                                       "[any where a,]",
                                       "macro M(x,) x == 1 any where M(a)",
                                       "any where true | sort a b,",
                                       "sequence by a, b",
                                       "const N = 5, any where N",
                                       "any where macro == 1",
                                       "any where a.const[0] == 1",
                                       "any where a[0].macro",
                                       "any where a == ?'C:\\' and b == ?'x\\'",
                                       "any where a == \"\"\"x\"\"\""}) {
    EXPECT_EQ(Printed(query).substr(0, 3), "E01") << query;
  }
}

// Nothing of this leaks into the syntax of the others.
TEST(PythonSyntax, OtherDialectsKnowNoneOfIt) {
  for (const std::string_view query : {"any where a = 1", "any where a in (1, 2,)", "any where a:length()", "| head 5",
                                       "macro M(x) x any where M(a)", "const N = 5 any where a == N"}) {
    EXPECT_EQ(Printed(query, Syntax::kUnion).substr(0, 3), "E01") << query;
  }
  EXPECT_EQ(Printed("macro where const == 1", Syntax::kUnion), "macro where const == 1");
  EXPECT_EQ(Printed("any where /* a /* b */ c */ true", Syntax::kUnion), "any where true");
}

TEST(PythonSyntax, SubscriptsKeepTheirPlace) {
  const std::string query = "any where a.b[0].c[12] == 1";
  const SourceMap map(std::make_shared<SourceFile>("query", query));
  DiagnosticSink sink(map, "rule");
  const std::optional<ast::Ast> ast = Parse(query, sink, Syntax::kPython);
  ASSERT_TRUE(ast);
  const auto& field = std::get<ast::FieldRef>(ast->exprs[0].node);
  EXPECT_EQ(field.path.substr(0, field.plain_size), "a.b");
  ASSERT_EQ(field.steps.size(), 3u);
  EXPECT_EQ(field.steps[0].index, 0u);
  EXPECT_FALSE(field.steps[1].is_index);
  EXPECT_EQ(field.steps[1].name, "c");
  EXPECT_EQ(field.steps[2].index, 12u);
}

}  // namespace
}  // namespace eqlc
