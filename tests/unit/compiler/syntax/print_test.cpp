// PrintExpr, DumpAst and EqualAst; that printed queries parse back is in parser_test.cpp and guards_test.cpp.
#include "compiler/syntax/print.h"

#include <gtest/gtest.h>

#include "compiler/syntax/spelling.h"
#include "tests/unit/compiler/syntax/parsed_query.h"

namespace eqlc {
namespace {

TEST(PrintExpr, PrintsOneNodeWithItsChildren) {
  const ParsedQuery parsed("p where (a + b) * c == 1");
  ASSERT_TRUE(parsed.ast);
  std::vector<std::string> printed;
  for (uint32_t i = 0; i < parsed.ast->exprs.size(); ++i) printed.push_back(PrintExpr(*parsed.ast, ast::ExprId(i)));
  EXPECT_EQ(printed, (std::vector<std::string>{"a", "b", "a + b", "c", "(a + b) * c", "1", "(a + b) * c == 1"}));
}

TEST(PrintQuery, EscapesStrings) {
  const ParsedQuery parsed("p where a == \"\"\"C:\\\"x\" \t\x01é\"\"\"");
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  EXPECT_EQ(PrintQuery(*parsed.ast), "p where a == \"C:\\\\\\\"x\\\" \\t\\u{01}é\"");
}

TEST(PrintQuery, EveryKeywordIsQuotedAsAName) {
  for (const char* keyword : {"and", "any", "by", "false", "in", "join", "like", "maxspan", "not", "null", "of", "or",
                              "regex", "sample", "sequence", "true", "until", "where", "with"}) {
    const std::string query = std::string("p where `") + keyword + "`.x.`" + keyword + "`";
    const ParsedQuery parsed(query);
    ASSERT_TRUE(parsed.ast) << keyword;
    EXPECT_EQ(PrintQuery(*parsed.ast), query);
    EXPECT_FALSE(ParsedQuery(std::string("p where x.") + keyword).ast) << keyword << " is no keyword any more";
  }
}

TEST(PrintQuery, OddNamesParseBack) {
  for (const char* name : {"``", "`.`", "`a.`", "`.a`", "`a..b`", "`a\nb`", "`é`", "`?x`.`$y`", "`a`.````.b"}) {
    const ParsedQuery parsed(std::string("p where ") + name);
    ASSERT_TRUE(parsed.ast) << name;
    const ParsedQuery again(PrintQuery(*parsed.ast));
    ASSERT_TRUE(again.ast) << PrintQuery(*parsed.ast);
    EXPECT_TRUE(EqualAst(*parsed.ast, *again.ast)) << name;
  }
}

// Whether a quote behind a backslash ends it depends on what else is on its line.
TEST(PrintQuery, RawStringsThatEndInABackslashParseBack) {
  for (const char* query : {R"(p where ?"a\.b != c\n\"\\")", "p where a in (?\"C:\\\"\n, ?\"b\", ?'\\'\n, 'c')",
                            "?'C:\\'\n where a == 'b'"}) {
    const ParsedQuery parsed(query);
    ASSERT_TRUE(parsed.ast) << query;
    const std::string printed = PrintQuery(*parsed.ast);
    const ParsedQuery again(printed);
    ASSERT_TRUE(again.ast) << printed;
    EXPECT_TRUE(EqualAst(*parsed.ast, *again.ast)) << printed;
    EXPECT_EQ(PrintQuery(*again.ast), printed);
  }
}

TEST(DumpAst, ShowsEveryNode) {
  const ParsedQuery parsed(
      "sequence by a with maxspan=5m [\"x\" where b == 1.5 or not ?c.d in~ (null, true)] by e with runs=2 as f\n"
      "![any where $g.h like (\"i*\", \"j\") and -k % 2 < f~(l)]\n"
      "until [m where descendant of [n where false]] | head 3");
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  EXPECT_EQ(DumpAst(*parsed.ast),
            "sequence maxspan=5m\n"
            "  by\n"
            "    field a\n"
            "  item \"x\" runs=2 as=f\n"
            "    or\n"
            "      compare ==\n"
            "        field b\n"
            "        double 1.5\n"
            "      not\n"
            "        in~\n"
            "          field ?c.d\n"
            "          null\n"
            "          true\n"
            "    by\n"
            "      field e\n"
            "  item any missing\n"
            "    and\n"
            "      pattern like list\n"
            "        field $g.h\n"
            "        string \"i*\"\n"
            "        string \"j\"\n"
            "      compare <\n"
            "        arith %\n"
            "          sign -\n"
            "            field k\n"
            "          int 2\n"
            "        call f~\n"
            "          field l\n"
            "  until m\n"
            "    descendant of n\n"
            "      false\n"
            "pipe head\n"
            "  int 3\n");
}

TEST(DumpAst, SampleAndJoin) {
  EXPECT_EQ(DumpAst(*ParsedQuery("sample by a [p where b] by c").ast),
            "sample\n  by\n    field a\n  item p\n    field b\n    by\n      field c\n");
  EXPECT_EQ(DumpAst(*ParsedQuery("join [p where a not in (1)] until [q where +1]").ast),
            "join\n  item p\n    not in\n      field a\n      int 1\n  until q\n    sign +\n      int 1\n");
}

// Every pair differs in one thing that EqualAst must see.
TEST(EqualAst, SeesEveryDifference) {
  const std::pair<const char*, const char*> pairs[] = {
      {"p where a", "q where a"},
      {"p where a", "\"p\" where a"},
      {"\"any\" where a", "any where a"},
      {"\"p\" where a", "'p' where a"},
      {"p where a", "p where ?a"},
      {"p where a", "p where $a"},
      {"p where a", "p where a[0]"},
      {"p where a", "p where a()"},
      {"p where a()", "p where b()"},
      {"p where a()", "p where a~()"},
      {"p where a(1)", "p where a(1, 1)"},
      {"p where 1", "p where 1.0"},
      {"p where 1", "p where 2"},
      {"p where 1.5", "p where 1.25"},
      {"p where true", "p where false"},
      {"p where \"a\"", "p where \"b\""},
      {"p where \"a\"", "p where 'a'"},
      {"p where -a", "p where +a"},
      {"p where a + b", "p where a - b"},
      {"p where a + b", "p where b + a"},
      {"p where a == b", "p where a != b"},
      {"p where a == b", "p where b == a"},
      {"p where a and b", "p where a or b"},
      {"p where a and b and c", "p where a and (b and c)"},
      {"p where a or b or c", "p where a or b"},
      {"p where not a", "p where not not a"},
      {"p where not a in (1)", "p where a not in (1)"},
      {"p where a in (1)", "p where a in~ (1)"},
      {"p where a in (1)", "p where a in (1, 2)"},
      {"p where a : \"x\"", "p where a : (\"x\")"},
      {"p where a : \"x\"", "p where a like \"x\""},
      {"p where a : \"x\"", "p where b : \"x\""},
      {"p where child of [p where a]", "p where event of [p where a]"},
      {"p where child of [p where a]", "p where child of [p where b]"},
      {"p where a | head 1", "p where a"},
      {"p where a | head 1", "p where a | head 2"},
      {"p where a | head 1", "p where a | tail 1"},
      {"sequence [p where a]", "join [p where a]"},
      {"sequence [p where a]", "sequence by b [p where a]"},
      {"sequence [p where a]", "sequence with maxspan=1s [p where a]"},
      {"sequence with maxspan=1m [p where a]", "sequence with maxspan=60s [p where a]"},
      {"sequence [p where a]", "sequence ![p where a]"},
      {"sequence [p where a]", "sequence [p where a] by b"},
      {"sequence [p where a]", "sequence [p where a] with runs=1"},
      {"sequence [p where a]", "sequence [p where a] as b"},
      {"sequence [p where a]", "sequence [p where a] fork"},
      {"sequence [p where a]", "sequence [p where a] [p where a]"},
      {"sequence [p where a]", "sequence [p where a] until [p where a]"},
      {"sequence [p where a] until [p where b]", "sequence [p where a] until [p where c]"},
      {"sample by a [p where a]", "sample by b [p where a]"},
  };
  for (const auto& [left, right] : pairs) {
    const ParsedQuery a(left);
    const ParsedQuery b(right);
    ASSERT_TRUE(a.ast && b.ast) << left << "\n" << right;
    EXPECT_FALSE(EqualAst(*a.ast, *b.ast)) << left << "\n" << right;
    EXPECT_TRUE(EqualAst(*a.ast, *a.ast)) << left;
    EXPECT_TRUE(EqualAst(*b.ast, *b.ast)) << right;
  }
}

TEST(EqualAst, IgnoresSpansAndParentheses) {
  const ParsedQuery a("p where a and ((b)) /* c */");
  const ParsedQuery b("p\nwhere (a) and b");
  EXPECT_TRUE(EqualAst(*a.ast, *b.ast));
}

}  // namespace
}  // namespace eqlc
