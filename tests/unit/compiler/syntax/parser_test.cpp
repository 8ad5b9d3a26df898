// What parses, and to what: each query beside its canonical form, which shows grouping and binding. The errors are in
// syntax_errors_test.cpp, the limits in guards_test.cpp.
#include "compiler/syntax/parser.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/compiler/syntax/parsed_query.h"

namespace eqlc {
namespace {

struct Case {
  const char* query;
  const char* printed;  // nullptr: as `query`
};

void ExpectPrints(const Case& c) {
  const ParsedQuery parsed(c.query);
  ASSERT_TRUE(parsed.ast) << c.query << "\n" << parsed.Error();
  EXPECT_FALSE(parsed.has_errors) << c.query;
  const std::string printed = PrintQuery(*parsed.ast);
  EXPECT_EQ(printed, c.printed ? c.printed : c.query);
  const ParsedQuery again(printed);
  ASSERT_TRUE(again.ast) << printed << "\n" << again.Error();
  EXPECT_TRUE(EqualAst(*parsed.ast, *again.ast)) << printed;
}

class ParserTest : public testing::TestWithParam<Case> {};
TEST_P(ParserTest, PrintsAs) { ExpectPrints(GetParam()); }

// The expression of `any where ...` with all its groups in parentheses or tree form.
std::string Tree(std::string_view expression) {
  const ParsedQuery parsed("any where " + std::string(expression));
  if (!parsed.ast) return parsed.Error();
  std::string dump = DumpAst(*parsed.ast);
  return dump.substr(dump.find('\n') + 1);
}

constexpr Case kEventQueries[] = {
    {"process where true", nullptr},
    {"any where true", nullptr},
    {"\"my category\" where true", nullptr},
    {"\"\"\"raw \\ \"one\"\"\"\" where true", "\"raw \\\\ \\\"one\\\"\" where true"},
    {"  process\r\n\twhere true // done", "process where true"},
    {"/* a /* b */ c */process/**/where/***/true", "process where true"},
    {"as where fork == 1", nullptr},
    {"runs where head == tail and maxspan_ == 1", nullptr},
    {"Process where AND == 1 and True != NULL", nullptr},
    {"@a where @timestamp != null", nullptr},
};

constexpr Case kExpressions[] = {
    {"p where not a == b and c", nullptr},
    {"p where not (a == b and c)", nullptr},
    {"p where a or b and not c or (d or e)", nullptr},
    {"p where ((a))", "p where a"},
    {"p where (a or b) and c", nullptr},
    {"p where (a and b) or c", "p where a and b or c"},
    {"p where a + b in (1, 2)", nullptr},
    {"p where (a + b) in (1, 2)", nullptr},
    {"p where -a in (1)", nullptr},
    {"p where (-a) in (1)", nullptr},
    {"p where a - b - c == a - (b - c)", nullptr},
    {"p where a * (b + c) % d / e < - -f", "p where a * (b + c) % d / e < --f"},
    {"p where a / (b * c) == (a / b) * c", "p where a / (b * c) == a / b * c"},
    {"p where (a == b) == (c < d)", nullptr},
    {"p where (not a) == b", nullptr},
    {"p where +1 >= -0.5", nullptr},
    {"p where a not in~ (\"x\", 2, null, b.c, f(d))", nullptr},
    {"p where a : \"x*\" or a : (\"x*\") or a:(\"x\",\"y\")",
     "p where a : \"x*\" or a : (\"x*\") or a : (\"x\", \"y\")"},
    {"p where a like \"x\" and a like~ (1, true, null)", nullptr},
    {"p where a regex \"x\" and not a regex~ (\"y\")", nullptr},
    {"p where f(a, g(), \"x\" : \"y\", not b) : \"z\"", nullptr},
    {"p where StartsWith~(a, \"b\") and startsWith ( a,b )", "p where StartsWith~(a, \"b\") and startsWith(a, b)"},
    {"p where (a in (1)) in (2)", nullptr},
    {"p where 1 + 2 : 2 + 3", nullptr},
};

constexpr Case kFields[] = {
    {"p where a.b.c and ?a.b and ? c", "p where a.b.c and ?a.b and ?c"},
    {"p where `a-b`.c and a.`b-c` and `a.b-c`", "p where `a-b`.c and a.`b-c` and a.`b-c`"},
    {"p where `any` and a.`where` and ?`x y`", nullptr},
    {"p where `a` and `_b`.`c1`", "p where a and _b.c1"},
    {"p where `a``b` and ````", nullptr},
    {"p where a.as.fork.runs and event.type == event.of_", nullptr},
    {"p where `1a` and `a@`", nullptr},
    {"p where a[0] and a[ 12 ].b[3].c", "p where a[0] and a[12].b[3].c"},
    {"p where $e and $entry.a.`b-c` == $e.x[1]"},
    {"p where _arraysearch(a.b, $e, $e.c : \"x*\" and not $e.d in (1))", nullptr},
};

constexpr Case kLineage[] = {
    {"p where descendant of [process where a == 1]", nullptr},
    {"p where a or not child of [ any where b ] and event of[q where c]",
     "p where a or not child of [any where b] and event of [q where c]"},
    {"p where descendant of [p where child of [q where true]]", nullptr},
    {"p where child == 1 and event.type == 2 and descendant(1)", nullptr},
};

constexpr Case kSequences[] = {
    {"sequence [a where true] [b where true]", "sequence\n  [a where true]\n  [b where true]"},
    {"sequence by x,y.z , ?w with maxspan = 5 m [a where true][b where true]",
     "sequence by x, y.z, ?w with maxspan=5m\n  [a where true]\n  [b where true]"},
    {"sequence with maxspan=250ms [a where 1] by u, v with runs = 3 [b where 2] by w, x\nuntil [c where 3] by y, z",
     "sequence with maxspan=250ms\n  [a where 1] by u, v with runs=3\n  [b where 2] by w, x\nuntil [c where 3] by y, "
     "z"},
    {"sequence with maxspan=1d ![a where true] [b where true] ![c where true]",
     "sequence with maxspan=1d\n  ![a where true]\n  [b where true]\n  ![c where true]"},
    {"sequence by a [p where true] as event0 [q where event0.b == c] by d as e",
     "sequence by a\n  [p where true] as event0\n  [q where event0.b == c] by d as e"},
    {"sequence [p where true] fork [p where true] fork=true by x with runs=2 as y [p where true] fork = false",
     "sequence\n  [p where true] fork\n  [p where true] fork by x with runs=2 as y\n  [p where true]"},
    {"sequence by a.b [p where true] [p where true] | head 5 | tail 2",
     "sequence by a.b\n  [p where true]\n  [p where true]\n| head 5\n| tail 2"},
    {"sequence by as, fork [p where true] by as as fork", "sequence by as, fork\n  [p where true] by as as fork"},
    {"sequence by f(a) + 1 [p where true]", "sequence by f(a) + 1\n  [p where true]"},
};

constexpr Case kOtherStatements[] = {
    {"sample by host [a where true] by x [b where true] by y",
     "sample by host\n  [a where true] by x\n  [b where true] by y"},
    {"sample [a where true]", "sample\n  [a where true]"},
    {"join [a where true] by x [b where true] by y until [c where true]",
     "join\n  [a where true] by x\n  [b where true] by y\nuntil [c where true]"},
    {"join by z ![a where true]", "join by z\n  ![a where true]"},
};

constexpr Case kPipes[] = {
    {"p where true|head 2+3", "p where true\n| head 2 + 3"},
    {"p where true | count | count a, b", "p where true\n| count\n| count a, b"},
    {"p where true | unique a b.c ?d f(e) \"x\" 1", "p where true\n| unique a, b.c, ?d, f(e), \"x\", 1"},
    {"p where true | filter a == 1 and not b in (2)", "p where true\n| filter a == 1 and not b in (2)"},
    {"p where true | as fork", "p where true\n| as fork"},
};

INSTANTIATE_TEST_SUITE_P(EventQueries, ParserTest, testing::ValuesIn(kEventQueries));
INSTANTIATE_TEST_SUITE_P(Expressions, ParserTest, testing::ValuesIn(kExpressions));
INSTANTIATE_TEST_SUITE_P(Fields, ParserTest, testing::ValuesIn(kFields));
INSTANTIATE_TEST_SUITE_P(Lineage, ParserTest, testing::ValuesIn(kLineage));
INSTANTIATE_TEST_SUITE_P(Sequences, ParserTest, testing::ValuesIn(kSequences));
INSTANTIATE_TEST_SUITE_P(OtherStatements, ParserTest, testing::ValuesIn(kOtherStatements));
INSTANTIATE_TEST_SUITE_P(Pipes, ParserTest, testing::ValuesIn(kPipes));

TEST(Parser, NotIsTighterThanAndAndLooserThanComparison) {
  EXPECT_EQ(Tree("not a == 1 and b"),
            "  and\n    not\n      compare ==\n        field a\n        int 1\n    field b\n");
}

TEST(Parser, PredicatesBelongToThePrimary) {
  EXPECT_EQ(Tree("a + b in (1)"), "  arith +\n    field a\n    in\n      field b\n      int 1\n");
  EXPECT_EQ(Tree("-a : \"x\""), "  sign -\n    pattern :\n      field a\n      string \"x\"\n");
}

TEST(Parser, ArithmeticIsLeftAssociative) {
  EXPECT_EQ(Tree("1 - 2 - 3"), "  arith -\n    arith -\n      int 1\n      int 2\n    int 3\n");
}

TEST(Parser, ChainsAreFlatAsWritten) {
  EXPECT_EQ(Tree("a or b or c"), "  or\n    field a\n    field b\n    field c\n");
  EXPECT_EQ(Tree("a or (b or c)"), "  or\n    field a\n    or\n      field b\n      field c\n");
}

const ast::Expr& Condition(const ParsedQuery& parsed) {
  return (*parsed.ast)[std::get<ast::EventQuery>(parsed.ast->query.body).filter.condition];
}

TEST(Parser, SpansAreByteOffsets) {
  //                       0123456789012345 (é is two bytes)
  const std::string query = "p where \"é\" == a.b";
  const ParsedQuery parsed(query);
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  const auto text = [&](Span span) { return query.substr(span.begin, span.end - span.begin); };
  const auto& compare = std::get<ast::Compare>(Condition(parsed).node);
  EXPECT_EQ(text(Condition(parsed).span), "\"é\" == a.b");
  EXPECT_EQ(text(compare.op_span), "==");
  EXPECT_EQ(text((*parsed.ast)[compare.left].span), "\"é\"");
  EXPECT_EQ(text((*parsed.ast)[compare.right].span), "a.b");
  EXPECT_EQ(text(parsed.ast->query.span), query);
}

TEST(Parser, SpansOfChainsReachBackOverParentheses) {
  const std::string query = "p where (a + b) * not_c - -d | head (5)";
  const ParsedQuery parsed(query);
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  const auto text = [&](Span span) { return query.substr(span.begin, span.end - span.begin); };
  const auto& minus = std::get<ast::Arith>(Condition(parsed).node);
  EXPECT_EQ(text((*parsed.ast)[minus.left].span), "(a + b) * not_c");
  EXPECT_EQ(text((*parsed.ast)[minus.right].span), "-d");
  EXPECT_EQ(text(parsed.ast->query.pipes[0].span), "| head (5)");
}

TEST(Parser, ItemDetails) {
  const ParsedQuery parsed("sequence with maxspan=2h ![\"x\" where true] by a with runs=7 as z [any where true]");
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  const auto& sequence = std::get<ast::Sequence>(parsed.ast->query.body);
  EXPECT_EQ(sequence.maxspan.count, 2u);
  EXPECT_EQ(sequence.maxspan.unit, "h");
  EXPECT_EQ(sequence.maxspan.nanoseconds, int64_t{7'200'000'000'000});
  ASSERT_EQ(sequence.items.size(), 2u);
  const ast::SequenceItem& item = sequence.items[0];
  EXPECT_TRUE(item.missing);
  EXPECT_TRUE(item.filter.quoted);
  EXPECT_EQ(item.filter.category, "x");
  EXPECT_TRUE(item.has_runs);
  EXPECT_EQ(item.runs, 7u);
  EXPECT_EQ(item.alias, "z");
  EXPECT_EQ(item.span, (Span{25, 64}));
  EXPECT_TRUE(sequence.items[1].filter.any);
  EXPECT_FALSE(sequence.has_until);
}

TEST(Parser, FieldDetails) {
  const ParsedQuery parsed("p where f(a, ?a, $a.b, a[0].b, `x.y``z`)");
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  const auto& args = std::get<ast::Call>(Condition(parsed).node).args;
  const auto field = [&](size_t i) { return std::get<ast::FieldRef>((*parsed.ast)[args[i]].node); };
  EXPECT_FALSE(field(0).optional || field(0).variable || field(0).subscripted);
  EXPECT_TRUE(field(1).optional);
  EXPECT_TRUE(field(2).variable);
  EXPECT_EQ(field(2).path, "a.b");
  EXPECT_TRUE(field(3).subscripted);
  EXPECT_EQ(field(3).path, "a.b");
  EXPECT_EQ(field(4).path, "x.y`z");
}

TEST(Parser, ChildrenHaveSmallerIdsThanTheirParents) {
  const ParsedQuery parsed("p where a and (b + 1 == f(c, d) or not e in (1, 2))");
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  EXPECT_EQ(std::get<ast::EventQuery>(parsed.ast->query.body).filter.condition.value, parsed.ast->exprs.size() - 1);
  for (uint32_t i = 0; i < parsed.ast->exprs.size(); ++i) {
    if (const auto* node = std::get_if<ast::Compare>(&parsed.ast->exprs[i].node)) {
      EXPECT_LT(node->left.value, i);
      EXPECT_LT(node->right.value, i);
    }
  }
}

TEST(Parser, LegacyQuotesAreKeptForTheDialectToJudge) {
  const ParsedQuery parsed("'p' where a == 'it\\'s' or a == ?\"C:\\x\" or a == ?'y\"'");
  ASSERT_TRUE(parsed.ast) << parsed.Error();
  EXPECT_EQ(std::get<ast::EventQuery>(parsed.ast->query.body).filter.quotes, ast::Quotes::kSingle);
  EXPECT_EQ(PrintQuery(*parsed.ast), "'p' where a == 'it\\'s' or a == ?\"C:\\x\" or a == ?'y\"'");
}

TEST(Parser, ServesSeveralThreads) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&good] {
      for (int i = 0; i < 50; ++i) {
        const ParsedQuery fine("p where a : (\"x\", \"y\") and not f~(b) or ?c in (1, 2)");
        const ParsedQuery wrong("p where a = 1");
        good += fine.ast.has_value() && !wrong.ast && wrong.Error().starts_with("E0101 1:11 mismatched input '='");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 200);
}

}  // namespace
}  // namespace eqlc
