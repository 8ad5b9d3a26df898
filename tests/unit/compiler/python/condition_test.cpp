// Conditions of python-eql's dialect (docs/semantics.md section 11).
#include <gmock/gmock.h>

#include <ctime>

#include "tests/unit/compiler/python/python_rule.h"

namespace eqlc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kEvent =
    R"({"name":"Cmd.EXE","n":7,"f":2.5,"yes":true,"no":false,"empty":"","zero":0,"list":["EN","de"],"none":[],)"
    R"("objects":[{"s":"a-1","sub":[{"x":{"y":"deep"}}]},{"s":"b-2"}],"o":{"p":{"q":"v"}},"args":["a*"]})";

TEST(PythonCondition, TextsCompareWithoutCaseAndStarsAreWildcards) {
  for (const char* condition :
       {"name == 'cmd.exe'", "name = \"CMD.EXE\"", "name == 'c*.exe'", "'*md*' == name", "name in ('x', 'cmd.exe')",
        "not name == 'x*'", "name != 'x'", "name >= 'CMD' and name < 'cmdz'", "wildcard(name, 'x', 'cmd*')",
        "match(name, 'cmd')", "match(name, ?'^c.d\\.')", "startsWith(name, 'cMd')", "name == concat('CMD', '.exe')"}) {
    EXPECT_TRUE(Holds(condition, kEvent)) << condition;
  }
  for (const char* condition : {"name == 'cmd?exe'", "name in ('cmd*', 'x')", "match(name, 'exe')", "name == 'cmd'"}) {
    EXPECT_FALSE(Holds(condition, kEvent)) << condition;
  }
}

TEST(PythonCondition, CaseCountsWhenAskedFor) {
  const PythonOptions sensitive{.case_sensitive = true};
  EXPECT_TRUE(Holds("name == 'Cmd*' and name in ('x', 'Cmd.EXE')", kEvent, sensitive));
  for (const char* condition : {"name == 'cmd.exe'", "name == 'cmd*'", "name in ('cmd.exe', 'x')", "match(name, 'cmd')",
                                "startsWith(name, 'cmd')", "arrayContains(list, 'en')"}) {
    EXPECT_FALSE(Holds(condition, kEvent, sensitive)) << condition;
    EXPECT_TRUE(Holds(condition, kEvent)) << condition;
  }
}

TEST(PythonCondition, APatternMayAskToIgnoreCase) {
  const PythonOptions sensitive{.case_sensitive = true};
  EXPECT_TRUE(Holds("match(name, '(?i)cmd') and match(name, 'x', ?'(?si)c.d\\.exe$')", kEvent, sensitive));
  EXPECT_TRUE(Holds("match(name, '(?i)x', 'cmd') and not match(name, '(?s)cmd')", kEvent, sensitive));
  EXPECT_TRUE(Holds("match('CMD', '(?i)cmd') and not match('CMD', 'cmd')", kEvent, sensitive));
}

// Null spreads through everything but the tests for null, and `not` of null is null.
TEST(PythonCondition, NullIsNeitherTrueNorFalse) {
  for (const char* condition : {"gone == 'x'",
                                "gone != 'x'",
                                "not gone == 'x'",
                                "gone < 5",
                                "not gone < 5",
                                "gone in ('x', 'y')",
                                "not gone in ('x', 'y')",
                                "gone",
                                "not gone",
                                "wildcard(gone, 'x')",
                                "not wildcard(gone, 'x')",
                                "length(gone) > 0",
                                "gone == 'x' or not gone == 'x'",
                                "gone != null",
                                "not length(gone) > 0",
                                "n == 'seven'",
                                "n != 'seven'",
                                "name > 5",
                                "cidrMatch(gone, '10.0.0.0/8')",
                                "n / 0 == 1",
                                "n % 0 == 1"}) {
    EXPECT_FALSE(Holds(condition, kEvent)) << condition;
  }
  for (const char* condition :
       {"gone == null", "null == (gone > 1)", "name != null", "not cidrMatch(gone, '10.0.0.0/8')",
        "not stringContains(gone, 'x')", "gone == 'x' or n == 7", "not (gone == 'x' and n == 8)",
        "length(gone) == null", "not n in ('7', '8')"}) {
    EXPECT_TRUE(Holds(condition, kEvent)) << condition;
  }
}

TEST(PythonCondition, TruthOfBareFields) {
  for (const char* field : {"yes", "n", "f", "name", "list", "objects", "o"}) {
    EXPECT_TRUE(Holds(field, kEvent)) << field;
    EXPECT_FALSE(Holds(std::string("not ") + field, kEvent)) << field;
  }
  for (const char* field : {"no", "zero", "empty", "none"}) {
    EXPECT_FALSE(Holds(field, kEvent)) << field;
    EXPECT_TRUE(Holds(std::string("not ") + field, kEvent)) << field;
  }
}

// Processor time of `levels` searches inside each other that find nothing, over a list of 20.
double SecondsOfSearches(int levels, const std::string& event) {
  std::string condition = "x0 == 20";
  for (int i = 0; i < levels; ++i) condition = "arraySearch(a, x" + std::to_string(i) + ", " + condition + ")";
  const std::clock_t begin = std::clock();
  EXPECT_FALSE(Holds(condition, event)) << levels;
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// Six look at 64 million elements and ten at 160,000 times as many, but for the limit, which both meet. Compared with
// each other, so that it holds however fast the machine is and under sanitizers.
TEST(PythonCondition, SearchesInSearchesEnd) {
  std::string event = "{\"a\":[0";
  for (int i = 1; i < 20; ++i) event += ',' + std::to_string(i);
  event += "]}";
  EXPECT_LT(SecondsOfSearches(10, event), 5 * SecondsOfSearches(6, event));
  EXPECT_TRUE(Holds("arraySearch(a, x, arraySearch(a, y, arraySearch(a, z, x == 19 and y == 19 and z == 19)))", event));
}

TEST(PythonCondition, ListsAreOneValue) {
  for (const char* condition :
       {"list[0] == 'en' and list[1] == 'DE'", "length(list) == 2", "length(none) == 0", "length(o) == 1",
        "arrayContains(list, 'x', 'de')", "arrayCount(list, e, e == '*e*') == 2", "arraySearch(list, e, e == 'd*')",
        "arraySearch(objects, e, e.s == 'b-*')", "arrayCount(objects, e, e.s != null) == 2",
        "arraySearch(objects, e, e.s == 'a-1' and arraySearch(e.sub, i, i.x.y == 'deep' and e.s == 'a*'))",
        "objects[1].s == 'b-2'", "o.p.q == 'v'", "objects[0].sub[0].x.y == 'deep'", "list[2] == null",
        "not arraySearch(gone, e, true)", "arrayCount(name, e, true) == 0"}) {
    EXPECT_TRUE(Holds(condition, kEvent)) << condition;
  }
  for (const char* condition :
       {"list == 'en'", "not list == 'en'", "objects.s == 'a-1'", "list in ('en', 'de')", "arrayContains(gone, 'x')",
        "arraySearch(objects, e, e.s == 'a-1' and e.s == 'b-2')", "arraySearch(none, e, true)", "o.p == 'v'"}) {
    EXPECT_FALSE(Holds(condition, kEvent)) << condition;
  }
}

TEST(PythonCondition, Arithmetic) {
  for (const char* condition :
       {"-7 / 2 == -4", "-7 % 3 == 2", "modulo(10, -6) == -2", "n / 2 == 3", "-n / 2 == -4", "n / 2.0 == 3.5",
        "n % -4 == -1", "f % -2 == -1.5", "n + 1 * 2 == 9", "n - -1 == 8", "multiply(n, 2) == 14",
        "-length(list) == -2", "n + 1 in (8, 9)", "2 * n == 14 and not n in (1, 2)"}) {
    EXPECT_TRUE(Holds(condition, kEvent)) << condition;
  }
}

TEST(PythonCondition, NumbersOfTexts) {
  const std::string event =
      R"({"big":"99999999999999999999","low":"-99999999999999999999","int":"-9223372036854775809","blank":" 1.5\t",)"
      R"("blanks":" -15 ","hex":"0xFFFFFFFFFFFFFFFFFF","octal":"7777777777777777777777777","word":"1 5",)"
      R"("max":"18446744073709551615"})";
  for (const char* condition :
       {"number(big) == 1e20", "number(low) == -1e20", "number(int) == -9223372036854775808.0", "number(blank) == 1.5",
        "number(blanks) == -15", "number(blanks, 10) == -15", "number(hex) == 4722366482869645213695.0",
        "number(octal, 8) == 37778931862957161709567.0", "number(word) == null", "number(max) == 18446744073709551615",
        "number('99999999999999999999') == 1e20", "number(' ') == null", "number(blanks, 8) == null"}) {
    EXPECT_TRUE(Holds(condition, event)) << condition;
  }
}

TEST(PythonCondition, ArithmeticWithWhatIsNoNumberIsNull) {
  for (const char* condition : {"('a' + 1) == null", "(true + 1) == null", "('a' * 1 + 2) == null",
                                "(name + n) == null", "(yes - 1) == null", "('a' + n) == null", "(true * n) == null"}) {
    EXPECT_TRUE(Holds(condition, kEvent)) << condition;
  }
  EXPECT_FALSE(Holds("'a' + 1 == 1 or not 'a' + 1 == 1", kEvent));
}

TEST(PythonCondition, FieldsMeetFields) {
  EXPECT_TRUE(Holds("a == b and a <= b and b in (a, 'x')", R"({"a":"X","b":"x"})"));
  EXPECT_FALSE(Holds("a == b", R"({"a":"5","b":5})"));
  EXPECT_FALSE(Holds("a != b", R"({"a":"5"})"));
}

TEST(PythonCondition, Methods) {
  EXPECT_TRUE(Holds("name:length() == 7 and name:startsWith('cmd') and list[0]:length() == 2", kEvent));
  EXPECT_TRUE(Holds("name:substring(0, 3):length() == 3", kEvent));
  EXPECT_TRUE(Holds("-n:add(7) == 0 and 1 - +n:add(1) == -7", kEvent));
}

TEST(PythonCondition, MacrosAndConstants) {
  const std::string definitions = R"(
      const LIMIT = 5
      macro ABOVE(x, y) x > y
      macro BIG(x) ABOVE(x, LIMIT) or x == null
  )";
  EXPECT_THAT(RunPython(definitions + "any where BIG(n)", {R"({"n":6})", R"({"n":5})", R"({"m":1})"}),
              ElementsAre(R"({"n":6})", R"({"m":1})"));
  EXPECT_THAT(RunPython("macro A(x) x == 1 any where A(1, 2)", {}), ElementsAre(HasSubstr("E0202")));
  EXPECT_THAT(RunPython("macro A(x) A(x) any where A(n)", {}), ElementsAre(HasSubstr("E0201")));
  EXPECT_THAT(RunPython("macro A(x) x macro A(y) y any where A(n)", {}), ElementsAre(HasSubstr("defined twice")));
}

TEST(PythonCondition, ParametersStandForThePathsBehindThem) {
  const std::string event = R"({"a":{"y":1,"z":[5,{"q":2}]},"x":{"y":7},"l":[{"s":"u"},{"s":"v"}]})";
  const auto holds = [&](const std::string& query) { return RunPython(query, {event}).size() == 1; };
  for (const char* query : {
           "macro M(x) x.y == 1 any where M(a)",
           "macro M(x) `x`.y == 1 any where M((a))",
           "macro M(x) x[0] == 5 any where M(a.z)",
           "macro M(x) x[1].q == 2 any where M(a.z)",
           "macro M(x) x.q == 2 macro N(x) M(x[1]) any where N(a.z)",
           "macro M(x) x.s == 'v' any where arraySearch(l, e, M(e))",
           "macro M(x, v) arraySearch(x, v, v.s == 'v') any where M(l, e)",
           "macro M(q) x.y == 7 any where M(a)",
           "const x = 5 any where x.y == 7",
       }) {
    EXPECT_TRUE(holds(query)) << query;
  }
  EXPECT_THAT(RunPython("macro M(x) x.y == 7 any where M(a)", {event}), IsEmpty());
  for (const char* query : {"macro M(x) x.y == 1 any where M(5)", "macro M(x) x[0] == 1 any where M(a.y + 1)"}) {
    EXPECT_THAT(RunPython(query, {event}), ElementsAre(HasSubstr("E0101: Invalid expansion"))) << query;
  }
}

TEST(PythonCondition, MacrosCannotMakeAQueryLarge) {
  std::string query = "macro M0(x) x and x\n";
  for (int i = 1; i < 40; ++i) {
    const std::string inner = "M" + std::to_string(i - 1) + "(x)";
    query += "macro M" + std::to_string(i) + "(x) " + inner + " and " + inner + "\n";
  }
  EXPECT_THAT(RunPython(query + "any where M39(n)", {}), ElementsAre(HasSubstr("E0104")));
  std::string argument = "n == 1";
  for (int i = 0; i < 40; ++i) argument = "M0(" + argument + ")";
  EXPECT_THAT(RunPython("macro M0(x) x and x any where " + argument, {}), ElementsAre(HasSubstr("E0104")));
}

}  // namespace
}  // namespace eqlc::testing
