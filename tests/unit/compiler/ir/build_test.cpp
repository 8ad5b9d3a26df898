// Lowering: what becomes of each construct, as S-expressions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc {
namespace {

using testing::AddRule;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using testing::Lowered;

struct LoweringCase {
  const char* text;
  const char* lowered;
};

void ExpectLowered(const std::vector<LoweringCase>& cases, Dialect dialect = Dialect::kElastic) {
  for (const LoweringCase& c : cases) EXPECT_EQ(Lowered(c.text, dialect), c.lowered) << c.text;
}

TEST(Build, Comparisons) {
  ExpectLowered({
      {"x == \"a\"", "(leaf (eq x \"a\"))"},
      {"x != \"a\"", "(never (leaf (eq x \"a\")))"},
      {"\"a\" == x", "(leaf (eq x \"a\"))"},
      {"5 < x", "(leaf (gt x 5))"},
      {"5 >= x", "(leaf (le x 5))"},
      {"x <= 1.0", "(leaf (le x 1.0))"},
      {"not x > 18446744073709551615", "(never (leaf (gt x 18446744073709551615)))"},
      {"?x == true", "(leaf (eq x true))"},
      {"x == 2 + 3 * 4", "(leaf (eq x 14))"},
      {"x + 1 == 2", "(leaf (eq (add x 1) 2))"},
      {"-x - +y == 2", "(leaf (eq (sub (neg x) y) 2))"},
      {"x * y / 2 % 3 == 1", "(leaf (eq (mod (div (mul x y) 2) 3) 1))"},
      {"x == \"q\\\"\\n\\u{07}\"", "(leaf (eq x \"q\\\"\\n\\u{07}\"))"},
  });
}

TEST(Build, Null) {
  ExpectLowered({
      {"x == null", "(leaf (is_null x))"},
      {"null == x", "(leaf (is_null x))"},
      {"x != null", "(never (leaf (is_null x)))"},
      {"length(x) == null", "(leaf (is_null (call length x)))"},
      {"null == (x > -1)", "(leaf (is_null (gt x -1)))"},
      {"null == concat(x, null)", "(all)"},
      {"\"a\" == concat(x, null)", "(any)"},
      {"concat(x, null) == \"a\"", "(any)"},
      {"f == (concat(x, null) == null)",
       "E0206:17: Comparisons against fields are not (currently) supported; offender [concat(x, null) == null] in "
       "[==]\n"},
      {"x < null", "(any)"},
      {"not x < null", "(all)"},
      {"x == indexOf(\"abc\", \"z\")", "(leaf (is_null x))"},
      {"startsWith(x, null)", "(any)"},
      {"startsWith(x, null) == null", "(all)"},
      {"x in (null)", "(any)"},
      {"x in (null, \"a\", null)", "(leaf (eq x \"a\"))"},
  });
}

TEST(Build, Spine) {
  ExpectLowered({
      {"f", "(leaf (eq f true))"},
      {"not f", "(never (leaf (eq f true)))"},
      {"not not f", "(leaf (eq f true))"},
      {"f == false", "(leaf (eq f false))"},
      {"f != true", "(never (leaf (eq f true)))"},
      {"a and b and c", "(all (leaf (eq a true)) (leaf (eq b true)) (leaf (eq c true)))"},
      {"(a and b) and c", "(all (leaf (eq a true)) (leaf (eq b true)) (leaf (eq c true)))"},
      {"not (a and b)", "(any (never (leaf (eq a true))) (never (leaf (eq b true))))"},
      {"not (a or not b)", "(all (never (leaf (eq a true))) (leaf (eq b true)))"},
      {"a or (b and not (c or d))",
       "(any (leaf (eq a true)) (all (leaf (eq b true)) (never (leaf (eq c true))) (never (leaf (eq d true)))))"},
      {"a and a", "(leaf (eq a true))"},
      {"a and not a", "(any)"},
      {"a or not a", "(all)"},
      {"a and true", "(leaf (eq a true))"},
      {"a or true", "(all)"},
      {"a and false", "(any)"},
      {"a or false", "(leaf (eq a true))"},
      {"true", "(all)"},
      {"false", "(any)"},
  });
}

TEST(Build, ConstantSubtreesAreFoldedBeforeNullBecomesFalse) {
  ExpectLowered({
      {"null", "(any)"},
      {"not null", "(any)"},
      {"not (null < 5)", "(any)"},
      {"not null or f", "(leaf (eq f true))"},
      {"not (null and f)", "(all)"},
      {"null == null", "(all)"},
      {"null != null", "(any)"},
      {"\"a\" == null", "(any)"},
      {"\"a\" != null", "(all)"},
      {"not (null in (\"a\"))", "(any)"},
      {"length(\"abc\") == 3", "(all)"},
      {"\"abc\" : \"A*\" and f", "(leaf (eq f true))"},
      {"cidrMatch(\"10.1.2.3\", \"10.0.0.0/8\")", "(all)"},
  });
}

TEST(Build, BooleanExpressionsComparedWithBooleans) {
  ExpectLowered({
      {"startsWith(x, \"a\") == true", "(leaf (call startsWith x \"a\"))"},
      {"startsWith(x, \"a\") == false", "(never (leaf (call startsWith x \"a\")))"},
      {"startsWith(x, \"a\") != true", "(never (leaf (call startsWith x \"a\")))"},
      {"startsWith(x, \"a\") != false", "(leaf (call startsWith x \"a\"))"},
      {"not false == startsWith(x, \"a\")", "(leaf (call startsWith x \"a\"))"},
      {"(x : \"a\") == (1 == 2)", "(never (leaf (like~ x \"a\")))"},
      {"(x in (1, 2)) == true", "(leaf (in x 1 2))"},
      {"(a and b) == false", "(any (never (leaf (eq a true))) (never (leaf (eq b true))))"},
      {"(x == 1) == null", "(leaf (is_null (eq x 1)))"},
      {"(x == 1) == \"true\"", "(leaf (eq (eq x 1) \"true\"))"},
      {"(a and not (b or x != 1)) == null", "(leaf (is_null (and (eq a true) (not (or (eq b true) (not (eq x 1)))))))"},
      {"(x not in (1, 2)) == null", "(leaf (is_null (not (in x 1 2))))"},
  });
}

TEST(Build, ListsAndPatterns) {
  ExpectLowered({
      {"x in (\"b\", \"a\", \"b\")", "(leaf (in x \"a\" \"b\"))"},
      {"x not in (\"b\", \"a\")", "(never (leaf (in x \"a\" \"b\")))"},
      {"x in (2, \"a\", 1.5, true, 18446744073709551615)", "(leaf (in x true 2 18446744073709551615 1.5 \"a\"))"},
      {"x in (\"a\", \"a\")", "(leaf (eq x \"a\"))"},
      {"x in~ (\"a\")", "(leaf (in~ x \"a\"))"},
      {"x : \"a*\"", "(leaf (like~ x \"a*\"))"},
      {"x : (\"b\", \"a*\")", "(leaf (like~ x \"a*\" \"b\"))"},
      {"x like \"a*\"", "(leaf (like x \"a*\"))"},
      {"x like~ (\"a*\", \"b?\")", "(leaf (like~ x \"a*\" \"b?\"))"},
      {"not x regex (\"a+\", \"b\")", "(never (leaf (regex x \"a+\" \"b\")))"},
      {"x regex~ \"a+\"", "(leaf (regex~ x \"a+\"))"},
      {"concat(x, 1, true) : \"a*\"", "(leaf (like~ (call concat x 1 true) \"a*\"))"},
      {"startsWITH~(x, substring(y, 0, length(y) - 1))",
       "(leaf (call~ startsWith x (call substring y 0 (sub (call length y) 1))))"},
      {"cidrMatch(x, \"::1\", concat(\"10.\", \"0.0.0/8\"))", "(leaf (call cidrMatch x \"::1\" \"10.0.0.0/8\"))"},
  });
}

TEST(Build, EndpointComparesFields) {
  ExpectLowered({{"a.b == c", "(leaf (eq a.b c))"}, {"a.b != c", "(never (leaf (eq a.b c)))"}}, Dialect::kEndpoint);
}

TEST(Build, TheCategoryComesFirst) {
  ir::Module module;
  EXPECT_THAT(AddRule("process where a", module), ElementsAre());
  EXPECT_EQ(ir::PrintExpr(module, module.conditions()[0]),
            "(all (leaf (eq event.category \"process\")) (leaf (eq a true)))");
  EXPECT_THAT(AddRule("\"strange one\" where true", module), ElementsAre());
  EXPECT_EQ(ir::PrintExpr(module, module.conditions()[1]), "(leaf (eq event.category \"strange one\"))");
}

TEST(Build, RulesShareConditions) {
  ir::Module module;
  AddRule("process where a == 1", module);
  AddRule("process where 1 == a", module);
  AddRule("sequence [process where a == 1] [process where not a != 1]", module);
  EXPECT_EQ(module.conditions().size(), 1u);
  EXPECT_EQ(module.leaf_count(), 2u);
  EXPECT_EQ(module.rules().size(), 3u);
  EXPECT_EQ(ir::Verify(module), "");
}

TEST(Build, WholeModuleInPrint) {
  ir::Module module;
  EXPECT_THAT(AddRule("sequence by user.id, ?host.id with maxspan=1m [file where a == 1] by x with runs=2 "
                      "![any where b : \"z*\"] by y until [any where c] by z | tail 1+1",
                      module),
              ElementsAre());
  EXPECT_EQ(ir::Print(module),
            "%0 = field event.category\n"
            "%1 = const \"file\"\n"
            "%2 = eq %0 %1\n"
            "%3 = leaf #0 %2\n"
            "%4 = field a\n"
            "%5 = const 1\n"
            "%6 = eq %4 %5\n"
            "%7 = leaf #1 %6\n"
            "%8 = all %3 %7\n"
            "%9 = field b\n"
            "%10 = const \"z*\"\n"
            "%11 = like~ %9 %10\n"
            "%12 = leaf #2 %11\n"
            "%13 = field c\n"
            "%14 = const true\n"
            "%15 = eq %13 %14\n"
            "%16 = leaf #3 %15\n"
            "condition #0 = %8\n"
            "condition #1 = %12\n"
            "condition #2 = %16\n"
            "rule \"rule\" sequence maxspan=60000000000ns\n"
            "  condition #0 by user.id, ?host.id, x runs=2\n"
            "  missing condition #1 by user.id, ?host.id, y\n"
            "  until condition #2 by user.id, ?host.id, z\n"
            "  | tail 2\n");
}

TEST(Build, Sample) {
  ir::Module module;
  EXPECT_THAT(AddRule("sample by ?a [p where b] by x [any where true] by y", module), ElementsAre());
  EXPECT_EQ(ir::Verify(module), "");
  ASSERT_EQ(module.rules().size(), 1u);
  EXPECT_EQ(module.rules()[0].kind, RuleKind::kSample);
  EXPECT_EQ(module.rules()[0].maxspan_ns, -1) << "a bare query looks back without end";
  const std::string text = ir::Print(module);
  EXPECT_THAT(text, HasSubstr("rule \"rule\" sample\n  condition #0 by ?a, x\n  condition #1 by ?a, y\n"));
}

TEST(Build, CopiesTheRule) {
  ir::Module module;
  AddRule("any where a | head 0", module);
  ASSERT_EQ(module.rules().size(), 1u);
  const ir::Rule& rule = module.rules()[0];
  EXPECT_EQ(rule.id, "rule");
  EXPECT_EQ(rule.name, "A rule");
  EXPECT_EQ(rule.severity, "low");
  EXPECT_EQ(rule.risk_score, 21u);
  EXPECT_EQ(rule.query.text(), "any where a | head 0");
  EXPECT_EQ(rule.parameters.text(), "{}");
  EXPECT_EQ(rule.kind, RuleKind::kEvent);
  EXPECT_EQ(rule.maxspan_ns, -1);
  EXPECT_FALSE(rule.has_until);
  ASSERT_EQ(rule.pipes.size(), 1u);
  EXPECT_EQ(rule.pipes[0].count, 0u);
}

TEST(Build, WarnsOfDecidedConditions) {
  const std::vector<testing::FindingCase> cases = {
      {"any where true", {}},
      {"process where true", {}},
      {"any where false", {"W0202:11: this condition can never be true"}},
      {"process where a == 1 and a != 1", {"W0202:15: this condition can never be true"}},
      {"process where event.category == \"process\"", {"W0203:15: this condition is always true"}},
      {"process where event.category != \"process\"", {"W0202:15: this condition can never be true"}},
      {"process where a and true and (b or not b)", {}},
      {"process where 1 == 1 and (b or not b)", {"W0203:15: this condition is always true"}},
      {"any where a == 1 or a != 1", {"W0203:11: this condition is always true"}},
      {"any where 1 < 2", {"W0203:11: this condition is always true"}},
      {"sequence [any where true] [any where null]", {"W0202:38: this condition can never be true"}},
  };
  for (const testing::FindingCase& c : cases) {
    SCOPED_TRACE(c.query);
    ir::Module module;
    EXPECT_THAT(AddRule(c.query, module), ElementsAreArray(c.findings));
    EXPECT_EQ(module.rules().size(), 1u);
  }
}

TEST(Build, ReportsWhatOnlyFoldingSees) {
  const std::vector<std::pair<const char*, std::vector<const char*>>> cases = {
      {"any where a == 1 / 0", {"E0211:16: the constant expression divides by zero"}},
      {"any where a == 1 % 0", {"E0211:16: "}},
      {"any where a == 9223372036854775807 + 1", {"E0211:16: the result of the constant expression is out of range"}},
      {"any where (a == 1) == (1 / 0 == 1)", {"E0211:"}},
      {"any where a regex (\"x\", \"(\")", {"E0208:25: "}},
      {"any where \"x\" regex \"[\"", {"E0208:21: "}},
      {"any where length(a) == 1 and cidrMatch(a, \"::1\", \"10.0.0.0/99\")", {"E0209:50: "}},
      {"any where cidrMatch(\"::1\", \"nowhere\")", {"E0209:28: "}},
      {"any where true | head -1", {"E0313:23: Pipe [head] expects a positive integer but found [-1]"}},
      {"any where true | tail 1.5", {"E0313:23: Pipe [tail] expects a positive integer but found [1.5]"}},
      {"any where true | tail 1/0", {"E0211:23: "}},
      {"any where a regex \"(\" and b == 1/0", {"E0208:19: ", "E0211:32: "}},
  };
  for (const auto& [query, findings] : cases) {
    SCOPED_TRACE(query);
    ir::Module module;
    const std::vector<std::string> found = AddRule(query, module);
    ASSERT_EQ(found.size(), findings.size()) << ::testing::PrintToString(found);
    for (size_t i = 0; i < found.size(); ++i) EXPECT_THAT(found[i], HasSubstr(findings[i]));
    EXPECT_TRUE(module.rules().empty());
    EXPECT_TRUE(module.conditions().empty());
    EXPECT_EQ(ir::Verify(module), "");
  }
}

TEST(Build, LongChainsDoNotRecurse) {
  std::string text = "any where not (a == 0";
  for (int i = 1; i < 20000; ++i) text += " or a == " + std::to_string(i);
  ir::Module module;
  EXPECT_THAT(AddRule(text + ")", module), ElementsAre());
  EXPECT_EQ(module.expr(module.conditions()[0]).op, ir::Op::kAll);
  EXPECT_EQ(module.expr(module.conditions()[0]).arg_count, 20000u);
}

TEST(Build, DeepNestingIsLinear) {
  std::string text = "any where a";
  std::string end;
  for (int i = 0; i < 400; ++i) {
    text += " and not (b" + std::to_string(i);
    end += ')';
  }
  ir::Module module;
  EXPECT_THAT(AddRule(text + end, module), ElementsAre());
  EXPECT_EQ(ir::Verify(module), "");
  EXPECT_LT(module.exprs().size(), 3000u);
}

TEST(Build, NestedConstantCallsAreFoldedOnce) {
  std::string text = "\"x\"";
  for (int i = 0; i < 200; ++i) text = "concat(" + text + ", \"y\")";
  ir::Module module;
  EXPECT_THAT(AddRule("any where length(" + text + ") == a", module), ElementsAre());
  EXPECT_EQ(ir::PrintExpr(module, module.conditions()[0]), "(leaf (eq a 201))");
}

}  // namespace
}  // namespace eqlc
