#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/sema/typed.h"
#include "compiler/syntax/parser.h"

namespace eqlc {
namespace {

std::vector<std::string> Codes(const std::string& query) {
  const SourceMap map(std::make_shared<SourceFile>("query", query));
  DiagnosticSink sink(map, "rule");
  if (const std::optional<ast::Ast> ast = Parse(query, sink, Syntax::kPython)) {
    Check(*ast, {.dialect = Dialect::kPython}, sink);
  }
  std::vector<std::string> codes;
  for (const Diagnostic& d : sink.Take()) codes.push_back(d.code);
  return codes;
}

TEST(CheckPython, TakesWhatThePythonEngineTakes) {
  for (const char* query : {"any where a == b and a < b", "any where a in (b, c)", "any where a[0].b == 'x'",
                            "any where null", "any where a", "any where length(a) == null",
                            "any where concat(1, true, 'a') == 'x'", "any where safe(a / 0) == 1",
                            "any where match('re', a)", "any where arraySearch(a, x, arraySearch(x.y, z, z.q == x.q))",
                            "any where not child of [file where true]", "any where substring(a, null, 5) == 'x'"}) {
    EXPECT_THAT(Codes(query), ::testing::IsEmpty()) << query;
  }
}

TEST(CheckPython, RefusesTypesThatCannotMeet) {
  for (const char* query :
       {"any where 1 == 'a'", "any where length(a) == 'x'", "any where a in ('x', 1) and 5 in ('x')",
        "any where true < false", "any where a + 'b' == 1", "any where -'a' == 1", "any where length(5) == 1",
        "any where number(5) == 1", "any where startsWith(a, 5)", "any where match(a, b)", "any where wildcard(1, 'x')",
        "any where arraySearch(a, 5, true)", "any where arraySearch(a, x.y, true)",
        "any where arrayContains('a', 'b')"}) {
    EXPECT_THAT(Codes(query), ::testing::Contains("E0204")) << query;
  }
  for (const char* query : {"any where 1", "any where 'a'", "any where a and 1", "any where not 'x'",
                            "any where length(a)", "sequence [any where 1] [any where true]"}) {
    EXPECT_THAT(Codes(query), ::testing::Contains("E0205")) << query;
  }
}

TEST(CheckPython, RefusesCalls) {
  for (const char* query : {"any where length() == 1", "any where length(a, b) == 1", "any where concat() == 'x'",
                            "any where arraySearch(a, x)"}) {
    EXPECT_THAT(Codes(query), ::testing::Contains("E0202")) << query;
  }
  EXPECT_THAT(Codes("any where lenght(a) == 1"), ::testing::ElementsAre("E0201"));
  EXPECT_THAT(Codes("any where LENGTH(a) == 1"), ::testing::ElementsAre("E0201"));
  EXPECT_THAT(Codes("any where match(a, '(')"), ::testing::ElementsAre("E0208"));
  EXPECT_THAT(Codes("any where cidrMatch(a, '10.0.0.0')"), ::testing::ElementsAre("E0209"));
}

TEST(CheckPython, RefusesWhatElasticsearchAdded) {
  for (const char* query :
       {"any where a : 'x'", "any where a like 'x'", "any where a regex~ 'x'", "any where a in~ ('x')",
        "any where startsWith~(a, 'x')", "\"process\" where true", "sequence [any where true] [any where true] as x"}) {
    EXPECT_THAT(Codes(query), ::testing::Contains("E0401")) << query;
  }
  EXPECT_THAT(Codes("any where ?a == 1"), ::testing::ElementsAre("E0401"));
}

}  // namespace
}  // namespace eqlc
