// The words of every syntax error, and the hints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/syntax/parsed_query.h"

namespace eqlc {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Wrong {
  std::string query;
  std::string error;      // begins like this
  std::string hint = "";  // contains this; empty: there is none
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.query; }

class SyntaxErrorTest : public testing::TestWithParam<Wrong> {};

TEST_P(SyntaxErrorTest, Says) {
  const ParsedQuery parsed(GetParam().query);
  EXPECT_FALSE(parsed.ast);
  EXPECT_TRUE(parsed.has_errors);
  EXPECT_THAT(parsed.Error(), StartsWith(GetParam().error));
  if (GetParam().hint.empty()) {
    EXPECT_EQ(parsed.Hint(), "");
  } else {
    EXPECT_THAT(parsed.Hint(), HasSubstr(GetParam().hint));
  }
}

const Wrong kStatements[] = {
    {"", "E0101 1:1 no viable alternative at input '<EOF>'", "a query begins with"},
    {"42 where true", "E0101 1:1 no viable alternative at input '42'", "a query begins with"},
    {"`p` where true", "E0101 1:1 no viable alternative at input '`p`'", "a query begins with"},
    {"?p where true",
     "E0101 1:1 extraneous input '?' expecting {'any', 'join', 'sample', 'sequence', STRING, IDENTIFIER}",
     "a query begins with"},
    {"p", "E0101 1:2 mismatched input '<EOF>' expecting 'where'"},
    {"p WHERE true", "E0101 1:3 mismatched input 'WHERE' expecting 'where'", "`where`"},
    {"p where", "E0101 1:8 no viable alternative at input '<EOF>'"},
    {"p where true true", "E0101 1:14 extraneous input 'true' expecting {<EOF>, 'and', "},
    {"p where true\n  )", "E0101 2:3 extraneous input ')' expecting {<EOF>, 'and', "},
    {"p where true | 5", "E0101 1:16 mismatched input '5' expecting IDENTIFIER"},
    {"sequence", "E0101 1:9 "},
    {"sequence by [a where true]", "E0101 1:13 "},
    {"sequence with runs=2 [a where true]", "E0101 1:15 mismatched input 'runs' expecting 'maxspan'"},
    {"sequence [a where true] until", "E0101 1:30 mismatched input '<EOF>' expecting {'[', '!['}"},
    {"sequence [a where true", "E0101 1:23 mismatched input '<EOF>' expecting {'and', ", "a `[` is not closed"},
    {"sequence [a where true] as", "E0101 1:27 mismatched input '<EOF>' expecting IDENTIFIER"},
    {"sequence [a where true] with runs=-1", "E0101 1:35 extraneous input '-' expecting INTEGER"},
    {"sequence [a where true] [b where true] with maxspan=1m", "E0101 1:45 mismatched input 'maxspan'",
     "stands behind"},
    {"sample [a where true] until [b where true]", "E0101 1:23 extraneous input 'until' expecting {<EOF>, 'by', "},
};

const Wrong kExpressions[] = {
    {"p where x = 1",
     "E0101 1:11 mismatched input '=' expecting {<EOF>, 'and', 'in', 'in~', 'like', 'like~', 'not', 'or', 'regex', "
     "'regex~', ':', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '.', '[', '|'}",
     "use `==`"},
    {"p where x === 1", "E0101 1:13 extraneous input '='", "use `==`"},
    {"p where a == b == c", "E0101 1:16 mismatched input '==' expecting {<EOF>, 'and', ", "do not chain"},
    {"p where a < b >= c", "E0101 1:15 mismatched input '>='", "do not chain"},
    {"p where a <> 1", "E0101 1:12 extraneous input '>'", "use `!=`"},
    {"p where a == 1 AND b", "E0101 1:16 mismatched input 'AND' expecting {<EOF>, 'and', ", "`and`"},
    {"p where a == 1 Or b", "E0101 1:16 mismatched input 'Or'", "`or`"},
    {"p where a Like \"x\"", "E0101 1:11 mismatched input 'Like'", "`like`"},
    {"p where a IN~ (1)", "E0101 1:11 extraneous input 'IN~'", "`in~`"},
    {"p where a || b", "E0101 1:12 extraneous input '|' expecting IDENTIFIER", "use `or`"},
    {"p where a not like \"x\"", "E0101 1:15 mismatched input 'like' expecting {'in', 'in~'}", "`not x like ...`"},
    {"p where a not : \"x\"", "E0101 1:15 mismatched input ':' expecting {'in', 'in~'}", "`not x : ...`"},
    {"p where a : b", "E0101 1:13 no viable alternative at input 'b'", "literals only"},
    {"p where a : (\"x\", b)", "E0101 1:19 no viable alternative at input 'b'", "literals only"},
    {"p where a like -1", "E0101 1:16 extraneous input '-'"},
    {"p where a in ()", "E0101 1:15 no viable alternative at input ')'", "cannot be empty"},
    {"p where a in (1,)", "E0101 1:17 no viable alternative at input ')'", "remove the comma"},
    {"p where f(1,)", "E0101 1:13 no viable alternative at input ')'", "remove the comma"},
    {"p where a in 1", "E0101 1:14 mismatched input '1' expecting '('"},
    {"p where (a", "E0101 1:11 mismatched input '<EOF>'", "a `(` is not closed"},
    {"p where f(a, b", "E0101 1:15 mismatched input '<EOF>'", "a `(` is not closed"},
    {"p where a and", "E0101 1:14 no viable alternative at input '<EOF>'"},
    {"p where any == 1", "E0101 1:9 no viable alternative at input 'any'", "back-quotes"},
    {"p where a.sample == 1", "E0101 1:11 no viable alternative at input 'sample'", "back-quotes"},
    {"p where f(x).y", "E0101 1:13 mismatched input '.'"},
    {"p where ?(a.b)", "E0101 1:10 extraneous input '('"},
    {"p where a.?b", "E0101 1:11 extraneous input '?'"},
    {"p where a.*", "E0101 1:11 no viable alternative at input '*'", "takes no wildcard"},
    {"p where a[-1]", "E0101 1:10 extraneous input '['"},
    {"p where 1field == 2", "E0101 1:10 extraneous input 'field'"},
    {"p where 'a'() == 2", "E0101 1:12 mismatched input '('"},
    {"p where parent of [p where true]",
     "E0101 1:9 mismatched input 'parent' expecting {'child', 'descendant', 'event'}"},
    {"p where `child` of [p where true]", "E0101 1:17 mismatched input 'of'"},
    {"p where a /* x */ */ true", "E0101 1:20 extraneous input '/'"},
};

const Wrong kTokens[] = {
    {"p where a && b", "E0102 1:11 token recognition error at: '&'", "use `and`"},
    {"p where !a", "E0102 1:9 token recognition error at: '!a'", "use `not`"},
    {"p where a ! = 1", "E0102 1:11 token recognition error at: '! '", "use `not`"},
    {"p where a == 1;", "E0102 1:15 token recognition error at: ';'", "semicolon"},
    {"p where startswith ~(a)", "E0102 1:20 token recognition error at: '~'", "without a blank"},
    {"p where a == \"x", "E0102 1:14 token recognition error at: '\"x'", "no closing quote"},
    {"p where a == \"x\ny\"", "E0102 1:14 token recognition error at: '\"x\\n'", "no closing quote"},
    {"p where a == 'x", "E0102 1:14 token recognition error at: ''x'", "no closing quote"},
    {"p where a == \"C:\\Windows\"", "E0102 1:14 token recognition error at: '\"C:\\W'", "double every backslash"},
    {"p where a == \"\\u0041\"", "E0102 1:14 token recognition error at: '\"\\u0'", "double every backslash"},
    {"p where a == \"\\u{}\"", "E0102 1:14 token recognition error at: '\"\\u{}'", "double every backslash"},
    {"p where `a == 1", "E0102 1:9 token recognition error at: '`a == 1'", "closing back-quote"},
    {"p where a == “x”", "E0102 1:14 token recognition error at: '“'", "straight"},
    {"p where é == 1", "E0102 1:9 token recognition error at: 'é'"},
    {"p where a == \"é\" # b", "E0102 1:18 token recognition error at: '#'"},
    {"p where a == \"\\é\"", "E0102 1:14 token recognition error at: '\"\\é'", "double every backslash"},
    {"p where {a}", "E0102 1:9 token recognition error at: '{'"},
    {"p where true ^", "E0102 1:14 token recognition error at: '^'"},
    // The first fault is the one that is reported.
    {"p where x = 1 and y == \"z", "E0101 1:11 mismatched input '='", "use `==`"},
    {"p where a == 1 /* b", "E0108 1:16 the comment has no closing `*/`"},
    {"p where a == 1 /* b /* c */", "E0108 1:16 the comment has no closing `*/`", "nest"},
    {"p where \xff", "E0007 1:9 byte 0xFF is not part of valid UTF-8"},
    {"p where a == \"\xc3\"", "E0007 1:15 byte 0xC3"},
};

const Wrong kLiteralsAndOptions[] = {
    {"p where a == \"x\\u{d}\"", "E0105 1:16 Unicode sequence should use [2-8] hex digits, [\\u{d}] has [1]"},
    {"p where a == \"\\u{123456789}\"",
     "E0105 1:15 Unicode sequence should use [2-8] hex digits, [\\u{123456789}] has [9]"},
    {"p where a == \"\\u{DfFf}\"", "E0105 1:15 Invalid unicode character code, [DfFf] is a surrogate code"},
    {"p where a == \"\\u{110000}\"", "E0105 1:15 Invalid unicode character code [110000]"},
    {"p where a == 1e400", "E0106 1:14 Number [1e400] is too large"},
    {"sequence with maxspan=0s [a where true]", "E0310 1:23 A positive maxspan value is required; found [0]"},
    {"sequence with maxspan=5 [a where true]", "E0107 1:23 No time unit specified, did you mean [s] as in [5s]?"},
    {"sequence with maxspan=5w [a where true]",
     "E0107 1:24 Unrecognized time unit [w] in [5w], please specify one of [ms, s, m, h, d]"},
    {"sequence with maxspan=5S [a where true]", "E0107 1:24 Unrecognized time unit [S] in [5S], please"},
    {"sequence with maxspan=2.5h [a where true]",
     "E0107 1:23 Decimal time interval [2.5h] not supported; please use an positive integer"},
    {"sequence with maxspan=-5s [a where true]", "E0101 1:23 extraneous input '-' expecting {INTEGER, DECIMAL}"},
    {"sequence with maxspan=1s by x [a where true]", "E0109 1:26 Please specify sequence [by] before [with] not after"},
    {"sequence [a where true] with run=2", "E0303 1:30 Unrecognized option [run], expecting [runs]"},
    {"sequence [a where true] with runs=99999999999999999999",
     "E0304 1:35 A query cannot be repeated more than 100 times; found [99999999999999999999]"},
};

INSTANTIATE_TEST_SUITE_P(Statements, SyntaxErrorTest, testing::ValuesIn(kStatements));
INSTANTIATE_TEST_SUITE_P(Expressions, SyntaxErrorTest, testing::ValuesIn(kExpressions));
INSTANTIATE_TEST_SUITE_P(Tokens, SyntaxErrorTest, testing::ValuesIn(kTokens));
INSTANTIATE_TEST_SUITE_P(LiteralsAndOptions, SyntaxErrorTest, testing::ValuesIn(kLiteralsAndOptions));

TEST(SyntaxErrors, OneFaultOfSyntaxIsReported) {
  EXPECT_EQ(ParsedQuery("p where = = = ; ; \" \n ; \" '").findings.size(), 1u);
}

TEST(SyntaxErrors, AllWrongLiteralsAreReported) {
  const ParsedQuery parsed("p where a in (\"\\u{d}\", \"\\u{d800}\\u{e}\", 1e999)");
  EXPECT_FALSE(parsed.ast);
  EXPECT_EQ(parsed.findings.size(), 4u);
}

TEST(SyntaxErrors, TheSpanIsTheOffendingToken) {
  const ParsedQuery parsed("p where a == 1 ANDALSO b");
  ASSERT_EQ(parsed.findings.size(), 1u);
  EXPECT_EQ(parsed.findings[0].range.column, 16u);
  EXPECT_EQ(parsed.findings[0].range.length, 7u);
}

TEST(SyntaxErrors, TheEndOfTheQueryIsBehindItsLastWord) {
  const ParsedQuery parsed("p where f(a, (b)\n  // and no more\n");
  ASSERT_EQ(parsed.findings.size(), 1u);
  EXPECT_EQ(parsed.findings[0].range.line, 1u);
  EXPECT_EQ(parsed.findings[0].range.column, 17u);
  ASSERT_EQ(parsed.findings[0].labels.size(), 1u);
  EXPECT_EQ(parsed.findings[0].labels[0].range.column, 10u);
}

TEST(SyntaxErrors, LongTokensAreCut) {
  const ParsedQuery parsed("p where true \"" + std::string(1000, 'x') + "\"");
  EXPECT_THAT(parsed.Error(), StartsWith("E0101 1:14 extraneous input '\"xxxx"));
  EXPECT_THAT(parsed.Error(), HasSubstr("xxx...' expecting"));
  EXPECT_LT(parsed.Error().size(), 400u);
}

}  // namespace
}  // namespace eqlc
