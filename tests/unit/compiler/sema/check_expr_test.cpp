// Types, constness and warnings of expressions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;
using ::testing::HasSubstr;

void ExpectFindings(const std::vector<FindingCase>& cases, Dialect dialect = Dialect::kElastic) {
  for (const FindingCase& c : cases) {
    SCOPED_TRACE(c.query);
    CheckedQuery query(c.query, dialect);
    EXPECT_TRUE(query.parsed());
    EXPECT_THAT(query.Findings(), ElementsAreArray(c.findings));
  }
}

void ExpectClean(const std::vector<const char*>& queries, Dialect dialect = Dialect::kElastic) {
  for (const char* text : queries) {
    SCOPED_TRACE(text);
    CheckedQuery query(text, dialect);
    EXPECT_TRUE(query.typed().has_value());
    EXPECT_THAT(query.Findings(), ::testing::IsEmpty());
  }
}

TEST(CheckExpr, AcceptsWhatTheLanguageHas) {
  ExpectClean({
      "any where true",
      "any where null",
      "any where flag and not other.flag",
      "process where process.name == \"cmd.exe\" and process.pid > 4",
      "process where \"cmd.exe\" == process.name",
      "process where process.parent.pid + 1 == 5",
      "process where -process.pid < +3",
      "process where process.name in (\"a\", concat(\"b\", \"c\"))",
      "process where process.name : (\"a*\", \"b?\")",
      "process where not ?process.name like~ \"a*\"",
      "process where length(process.name) == 4 or process.name == null",
      "process where startsWith(process.name, \"a\") == true",
      "process where indexOf(process.name, null) == null",
      "process where user.id >= \"1000\" and user.id == 0",
      "process where null == (process.exit_code > 1)",
      "process where concat(process.name, 1, true) like \"a*\"",
  });
}

TEST(CheckExpr, ConditionsMustBeBoolean) {
  ExpectFindings({
      {"any where 5", {"E0205:11: Condition expression needs to be boolean, found [INTEGER]"}},
      {"any where 4294967296", {"E0205:11: Condition expression needs to be boolean, found [LONG]"}},
      {"any where 18446744073709551615", {"E0205:11: Condition expression needs to be boolean, found [UNSIGNED_LONG]"}},
      {"any where \"a\"", {"E0205:11: Condition expression needs to be boolean, found [KEYWORD]"}},
      {"any where 1.5", {"E0205:11: Condition expression needs to be boolean, found [DOUBLE]"}},
      {"any where length(a)", {"E0205:11: Condition expression needs to be boolean, found [INTEGER]"}},
      {"any where concat(a)", {"E0205:11: Condition expression needs to be boolean, found [KEYWORD]"}},
      {"any where a and 5",
       {"E0205:17: second argument of [a and 5] must be [boolean], found value [5] type [integer]"}},
      {"any where \"x\" or a",
       {"E0205:11: first argument of [\"x\" or a] must be [boolean], found value [\"x\"] type [keyword]"}},
      {"any where not 5", {"E0205:15: argument of [not 5] must be [boolean], found value [5] type [integer]"}},
  });
}

TEST(CheckExpr, ArithmeticNeedsNumbers) {
  ExpectFindings({
      {"any where a + \"x\" == 1",
       {"E0204:15: second argument of [a + \"x\"] must be [numeric], found value [\"x\"] type [keyword]"}},
      {"any where true * a == 1",
       {"E0204:11: first argument of [true * a] must be [numeric], found value [true] type [boolean]"}},
      {"any where -\"x\" == a",
       {"E0204:12: argument of [-\"x\"] must be [numeric], found value [\"x\"] type [keyword]"}},
  });
}

TEST(CheckExpr, OrderingHasNoBooleans) {
  ExpectFindings({
      {"any where a < true",
       {"E0204:15: second argument of [a < true] must be [string or numeric], found value [true] type [boolean]"}},
      {"any where startsWith(a, \"x\") >= 1",
       {"E0204:11: first argument of [startsWith(a, \"x\") >= 1] must be [string or numeric], found value "
        "[startsWith(a, \"x\")] type [boolean]"}},
  });
}

TEST(CheckExpr, ComparisonsNeedAConstantSide) {
  ExpectFindings({
      {"any where a.b == c.d",
       {"E0206:18: Comparisons against fields are not (currently) supported; offender [c.d] in [==]"}},
      {"any where a != b",
       {"E0206:16: Comparisons against fields are not (currently) supported; offender [b] in [!=]"}},
      {"any where length(a) < length(b)",
       {"E0206:23: Comparisons against fields are not (currently) supported; offender [length(b)] in [<]"}},
      {"any where a in (\"x\", b)",
       {"E0206:22: Comparisons against fields are not (currently) supported; offender [b] in [a in (\"x\", b)]"}},
      {"any where a not in~ (b)",
       {"E0206:22: Comparisons against fields are not (currently) supported; offender [b] in [a not in~ (b)]"}},
  });
}

TEST(CheckExpr, EndpointComparesFieldsForEqualityOnly) {
  ExpectClean({"any where a.b == c.d", "any where a != b", "any where length(a) == length(b)"}, Dialect::kEndpoint);
  ExpectFindings(
      {
          {"any where a < b",
           {"E0206:15: Comparisons against fields are not (currently) supported; offender [b] in [<]"}},
          {"any where a in (b)",
           {"E0206:17: Comparisons against fields are not (currently) supported; offender [b] in [a in (b)]"}},
      },
      Dialect::kEndpoint);
}

TEST(CheckExpr, FieldComparisonHintsAtWhatWasMeant) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"any where a.flag == TRUE", "write `true`"},
      {"any where a.name == cmd", "write \"cmd\""},
      {"any where a.name == b.name", "endpoint dialect"},
  };
  for (const auto& [text, hint] : cases) {
    SCOPED_TRACE(text);
    const std::vector<Diagnostic> findings = CheckedQuery(text).Take();
    ASSERT_EQ(findings.size(), 1u);
    ASSERT_EQ(findings[0].hints.size(), 1u);
    EXPECT_THAT(findings[0].hints[0], HasSubstr(hint));
  }
}

TEST(CheckExpr, PatternsTakeStrings) {
  ExpectFindings({
      {"any where a : 5", {"E0204:15: second argument of [a : 5] must be [string], found value [5] type [integer]"}},
      {"any where a like (\"x\", null)",
       {"E0204:24: third argument of [a like (\"x\", null)] must be [string], found value [null] type [null]"}},
      {"any where a regex~ true",
       {"E0204:20: second argument of [a regex~ true] must be [string], found value [true] type [boolean]"}},
      {"any where length(a) : \"5\"",
       {"E0204:11: argument of [length(a) : \"5\"] must be [string], found value [length(a)] type [integer]"}},
      {"any where 5 like \"*\"",
       {"E0204:11: argument of [5 like \"*\"] must be [string], found value [5] type [integer]"}},
  });
}

TEST(CheckExpr, SubscriptsAreRefused) {
  ExpectFindings({{"any where a[0].b == 1", {"E0210:11: Array indexes are not supported"}}});
}

TEST(CheckExpr, WarnsOfLiteralWildcards) {
  ExpectFindings({
      {"any where a == \"x*\"", {"W0201:16: `==` takes the `*` in this text literally"}},
      {"any where \"x*\" != a", {"W0201:11: `!=` takes the `*` in this text literally"}},
      {"any where a in (\"x\", \"y*\", \"z*\")", {"W0201:22: `in` takes the `*` in this text literally"}},
      {"any where a in~ (\"*x\")", {"W0201:18: `in~` takes the `*` in this text literally"}},
      {"any where a == \"x?\"", {}},
      {"any where a : \"x*\"", {}},
      {"any where \"a\" == \"a*\"", {}},
  });
}

TEST(CheckExpr, WarnsOfRegexAnchors) {
  ExpectFindings({
      {"any where a regex \"^x\"", {"W0205:19: `^` is an ordinary character here, not an anchor"}},
      {"any where a regex~ (\"y\", \"x$\")", {"W0205:26: `$` is an ordinary character here, not an anchor"}},
      {"any where a regex \"x\\\\$\"", {}},
      {"any where a regex \"x\\\\\\\\$\"", {"W0205:19: `$` is an ordinary character here, not an anchor"}},
      {"any where a like \"^x$\"", {}},
  });
}

TEST(CheckExpr, ReportsEveryProblem) {
  ExpectFindings(
      {{"any where a == b and 5 and foo(c) and d : 1",
        {"E0206:16: Comparisons against fields are not (currently) supported; offender [b] in [==]",
         "E0205:22: second argument of [a == b and 5 and foo(c) and d : 1] must be [boolean], found value [5] "
         "type [integer]",
         "E0201:28: Unknown function [foo]",
         "E0204:43: second argument of [d : 1] must be [string], found value [1] type [integer]"}}});
}

TEST(CheckExpr, LongExpressionsAreCutInMessagesAtACodePoint) {
  std::string text = "any where (a == \"";
  for (int i = 0; i < 200; ++i) text += "\u00e9";
  text += "\") < 1";
  const std::vector<Diagnostic> findings = CheckedQuery(text).Take();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0].message, HasSubstr("\u00e9...]"));
  EXPECT_LT(findings[0].message.size(), 400u);
}

TEST(CheckExpr, WideExpressionsAreFine) {
  std::string wide = "any where a == 1";
  for (int i = 0; i < 20000; ++i) wide += " or a == 1";
  EXPECT_TRUE(CheckedQuery(wide).typed().has_value());
}

TEST(DumpTyped, ShowsTypeAndConstness) {
  CheckedQuery query("any where length(a) == 1 + 2");
  ASSERT_TRUE(query.typed());
  EXPECT_EQ(DumpTyped(*query.typed()),
            "#0 any: a\n"
            "#1 numeric: length(a)\n"
            "#2 constant numeric: 1\n"
            "#3 constant numeric: 2\n"
            "#4 constant numeric: 1 + 2\n"
            "#5 boolean: length(a) == 1 + 2\n");
}

}  // namespace
}  // namespace eqlc
