// Array searches (docs/semantics.md section 4.3), by both engines.
#include "tests/scenarios/endpoint_query.h"

namespace eqlc::scenarios {
namespace {

struct Case {
  const char* condition;
  const char* event;
  bool matches;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(EndpointMatches(std::string("any where ") + c.condition, {c.event}), c.matches ? "0" : "")
        << c.condition << "\n"
        << c.event;
  }
}

TEST(ArraySearch, OneElementSatisfiesTheWholeCondition) {
  const char* both = R"({"a":[{"x":1,"y":1},{"x":2,"y":2}]})";
  Check({
      {"_arraysearch(a, $e, $e.x == 1 and $e.y == 1)", both, true},
      {"_arraysearch(a, $e, $e.x == 1 and $e.y == 2)", both, false},
      {"a.x == 1 and a.y == 2", both, true},
      {"_arraysearch(a, $e, $e.x == 3 or $e.y == 2)", both, true},
      {"_arraysearch(a, $e, $e.x == 2) and _arraysearch(a, $f, $f.y == 1)", both, true},
      {"_arraysearch(a, $e, $e.x == 1) and a.x == 2", both, true},
      {"_arraySearch(a, $e, $e.x == 2) == true", both, true},
      {"_arraysearch(a, $e, $e.x == 2) == false", both, false},
  });
}

TEST(ArraySearch, LeavesKeepTheirRulesWithinAnElement) {
  const char* holes = R"({"a":[{"x":"one"},{"y":[1,5]},{}]})";
  Check({
      {"_arraysearch(a, $e, $e.x == null and $e.y == null)", holes, true},
      {"_arraysearch(a, $e, $e.x != null and $e.y != null)", holes, false},
      {"_arraysearch(a, $e, not $e.x : \"o*\" and $e.y > 4)", holes, true},
      {"_arraysearch(a, $e, $e.x : \"O*\")", holes, true},
      {"_arraysearch(a, $e, $e.y == 1 and $e.y == 5)", holes, true},
      {"_arraysearch(a, $e, $e.y != 1 and $e.y == 5)", holes, false},
      {"_arraysearch(a, $e, length($e.x) == 3)", holes, true},
      {"_arraysearch(a, $e, $e.x in (\"two\", \"one\"))", holes, true},
  });
}

TEST(ArraySearch, WhatCountsAsAnElement) {
  Check({
      {"_arraysearch(a, $e, true)", R"({"b":1})", false},
      {"not _arraysearch(a, $e, true)", R"({"b":1})", true},
      {"_arraysearch(a, $e, true)", R"({"a":[]})", false},
      {"_arraysearch(a, $e, true)", R"({"a":[null]})", false},
      {"_arraysearch(a, $e, true)", R"({"a":[{}]})", true},
      {"_arraysearch(a, $e, $e.x == null)", R"({"a":null})", false},
      {"_arraysearch(a, $e, $e.x == 1 and $e.y == 2)", R"({"a":{"x":1,"y":2}})", true},
      {"_arraysearch(a, $e, $e.x == 1 and $e.y == 2)", R"({"a":[[{"x":1}],[{"y":2}]]})", false},
      {"_arraysearch(a, $e, $e.x == 1 and $e.y == 2)", R"({"a":[[[{"x":1,"y":2}]]]})", true},
      {"_arraysearch(a.b, $e, $e.x == 1 and $e.y == 2)", R"({"a":[{"b":[{"x":1}]},{"b":[{"y":2}]}]})", false},
      {"_arraysearch(a.b, $e, $e.x == 1 and $e.y == 2)", R"({"a":[{"b":[{"x":0}]},{"b":[{"x":1,"y":2}]}]})", true},
  });
}

TEST(ArraySearch, DottedKeysPastTheArrayMakeOneElement) {
  Check({
      {"_arraysearch(a.b, $e, $e.x == 1 and $e.y == 2)", R"({"a.b":[{"x":1,"y":2}]})", true},
      {"_arraysearch(a.b, $e, $e.x == 1 and $e.y == 2)", R"({"a.b.x":1,"a":{"b.y":2}})", true},
      {"_arraysearch(a.b, $e, $e.x == 1 and $e.y == 2)", R"({"a":{"b":{"x":1}},"a.b.y":2})", false},
      {"_arraysearch(a.b, $e, $e.x == 1 and $e.y == 2)", R"({"a":[{"b.x":1},{"b.y":2}]})", true},
      {"_arraysearch(a, $e, $e.b.x == 1 and $e.b.y == 2)", R"({"a":[{"b.x":1},{"b.y":2}]})", false},
  });
}

TEST(ArraySearch, ScalarsAreElementsToo) {
  Check({
      {"_arraysearch(a, $e, $e == \"x\")", R"({"a":["w","x"]})", true},
      {"_arraysearch(a, $e, $e : \"X*\" and $e : \"*Y\")", R"({"a":["xz","zy"]})", false},
      {"_arraysearch(a, $e, $e : \"X*\" and $e : \"*Y\")", R"({"a":["xz","xy"]})", true},
      {"_arraysearch(a, $e, $e)", R"({"a":[false,true]})", true},
      {"_arraysearch(a, $e, not $e)", R"({"a":[true,true]})", false},
      {"_arraysearch(a, $e, $e == null)", R"({"a":[{"x":1},"s"]})", true},
  });
}

TEST(ArraySearch, ReadsTheEventAndTheVariablesAround) {
  Check({
      {"_arraysearch(a, $e, $e.x == limit)", R"({"limit":2,"a":[{"x":1},{"x":2}]})", true},
      {"_arraysearch(a, $e, startswith~($e.x, concat(name, \"!\")))", R"({"name":"Nt","a":[{"x":"nt!f"}]})", true},
      {"_arraysearch(a, $e, $e.x == 1 and _arraysearch($e.b, $f, $f.y == 2 and $f.z == 3))",
       R"({"a":[{"x":1,"b":[{"y":2},{"z":3}]},{"x":0,"b":[{"y":2,"z":3}]}]})", false},
      {"_arraysearch(a, $e, $e.x == 1 and _arraysearch($e.b, $f, $f.y == 2 and $f.z == 3))",
       R"({"a":[{"x":1,"b":[{"y":2},{"z":3}]},{"x":1,"b":[{"y":2,"z":3}]}]})", true},
      {"_arraysearch(a, $e, _arraysearch($e.b, $f, $f.y == $e.x))",
       R"({"a":[{"x":1,"b":[{"y":2}]},{"x":3,"b":{"y":3}}]})", true},
      {"_arraysearch(a, $e, _arraysearch(a, $f, $e.x == 1 and $f.x == 2))", R"({"a":[{"x":1},{"x":2}]})", true},
      {"_arraysearch(a, $e, not _arraysearch($e.b, $f, $f.y == 1) and $e.x == 7)",
       R"({"a":[{"x":0,"b":{"y":1}},{"x":7}]})", true},
      {"_arraysearch(a, $e, _arraysearch($e, $f, $f.x == 7))", R"({"a":[{"x":0},{"x":7}]})", true},
  });
}

TEST(ArraySearch, NothingLeaksFromOneEventOrElementToTheNext) {
  EXPECT_EQ(EndpointMatches("any where _arraysearch(a, $e, $e.x == 1)",
                            {R"({"a":[{"x":1}]})", R"({"a":[{"x":2}]})", R"({"n":0})", R"({"a":[{"y":1},{"x":1}]})"}),
            "0 3");
  // One condition, used by two rules and for several elements, is not remembered.
  const CompileResult compiled = Compile({{"a.eql", "any where _arraysearch(a, $e, $e.x regex \"b+\") and n == 1"},
                                          {"b.eql", "any where _arraysearch(a, $f, $f.x regex \"b+\" and $f.y == 2)"}},
                                         {.dialect = Dialect::kEndpoint});
  for (const Engine engine : {Engine::kNative, Engine::kInterpreter}) {
    const Outcome outcome = RunEvents(compiled.program, engine, {R"({"n":1,"a":[{"x":"a"},{"x":"bb","y":2}]})"});
    EXPECT_EQ(outcome.matches.size(), 2u);
  }
}

TEST(ArraySearch, ElementsBeyondTheLimitAreNotSearched) {
  const auto event = [](size_t before) {
    std::string text = R"({"a":[)";
    for (size_t i = 0; i < before; ++i) text += R"({"x":0},)";
    return text + R"({"x":1}, {"x":2}]})";
  };
  const std::string query = "any where _arraysearch(a, $e, $e.x == 1)";
  EXPECT_EQ(EndpointMatches(query, {event(limits::kMaxElementsPerArray - 1)}), "0");
  EXPECT_EQ(EndpointMatches(query, {event(limits::kMaxElementsPerArray)}), "");
}

}  // namespace
}  // namespace eqlc::scenarios
