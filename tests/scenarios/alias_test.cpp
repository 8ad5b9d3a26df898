// Items that read earlier events of the sequence (docs/semantics.md section 5.11), by both engines.
#include <fmt/format.h>

#include "tests/scenarios/endpoint_query.h"

namespace eqlc::scenarios {
namespace {

// Events of one host; `fields` is what follows the timestamp.
std::vector<std::string> Events(const std::vector<std::string>& fields) {
  std::vector<std::string> events;
  for (size_t i = 0; i < fields.size(); ++i) {
    events.push_back(fmt::format(R"({{"@timestamp":{},{}}})", 1'700'000'000'000 + 1000 * i, fields[i]));
  }
  return events;
}

TEST(Alias, TheItemMatchesForThePartialsThatFit) {
  const std::string query = "sequence by h [any where k == 1] as first [any where k == 2 and v == first.v]";
  EXPECT_EQ(EndpointMatches(query, Events({R"("h":1,"k":1,"v":"a")", R"("h":1,"k":2,"v":"a")"})), "0-1");
  EXPECT_EQ(EndpointMatches(query, Events({R"("h":1,"k":1,"v":"a")", R"("h":1,"k":2,"v":"b")"})), "");
  // What does not fit leaves the partial where it is.
  EXPECT_EQ(
      EndpointMatches(query, Events({R"("h":1,"k":1,"v":"a")", R"("h":1,"k":2,"v":"b")", R"("h":1,"k":2,"v":"a")"})),
      "0-2");
  // One place per stage: the newer start is the one that is asked.
  EXPECT_EQ(
      EndpointMatches(query, Events({R"("h":1,"k":1,"v":"a")", R"("h":1,"k":1,"v":"b")", R"("h":1,"k":2,"v":"a")"})),
      "");
  EXPECT_EQ(EndpointMatches(query, Events({R"("h":1,"k":1,"v":"a")", R"("h":2,"k":1,"v":"b")", R"("h":2,"k":2,"v":"a")",
                                           R"("h":1,"k":2,"v":"a")"})),
            "0-3");
}

TEST(Alias, FunctionsTakeFieldsOfSeveralItems) {
  const std::string query =
      "sequence [any where k == 1] as one [any where k == 2 and endswith(v, one.v)] as two "
      "[any where k == 3 and startswith~(v, concat(one.v, two.v))]";
  EXPECT_EQ(EndpointMatches(query, Events({R"("k":1,"v":"a")", R"("k":2,"v":"ba")", R"("k":3,"v":"ABA!")"})), "0-1-2");
  EXPECT_EQ(EndpointMatches(query, Events({R"("k":1,"v":"a")", R"("k":2,"v":"ba")", R"("k":3,"v":"BAA")"})), "");
}

TEST(Alias, MissingValuesFollowTheRulesOfLeaves) {
  const auto matches = [](const char* condition, const char* first, const char* second) {
    return EndpointMatches(std::string("sequence [any where k == 1] as e [any where k == 2 and ") + condition + "]",
                           Events({first, second}));
  };
  EXPECT_EQ(matches("v == e.v", R"("k":1)", R"("k":2,"v":1)"), "");
  EXPECT_EQ(matches("v != e.v", R"("k":1)", R"("k":2,"v":1)"), "0-1");
  EXPECT_EQ(matches("e.v == null", R"("k":1)", R"("k":2)"), "0-1");
  EXPECT_EQ(matches("not e.v : \"x*\"", R"("k":1,"v":"xx")", R"("k":2)"), "");
  EXPECT_EQ(matches("v == e.v", R"("k":1,"v":["a","b"])", R"("k":2,"v":["c","b"])"), "0-1");
  EXPECT_EQ(matches("v != e.v", R"("k":1,"v":["a","b"])", R"("k":2,"v":["c","b"])"), "");
  EXPECT_EQ(matches("v == e.deep.v", R"("k":1,"deep":{"v":"q"})", R"("k":2,"v":"q")"), "0-1");
}

TEST(Alias, StandsUnderOrAndNot) {
  const std::string query =
      "sequence [any where k == 1] as e [any where (k == 2 and v == e.v) or (k == 3 and not v == e.v) or k == 4]";
  const std::string start = R"("k":1,"v":"a")";
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":2,"v":"a")"})), "0-1");
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":3,"v":"a")"})), "");
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":3,"v":"b")"})), "0-1");
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":4)"})), "0-1");
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":5,"v":"a")"})), "");
}

TEST(Alias, InsideAnArraySearch) {
  const std::string query =
      "sequence [any where k == 1] as e "
      "[any where k == 2 and _arraysearch(stack, $f, stringcontains~($f.s, concat(e.name, \"!\")) and $f.n == 1)]";
  const std::string start = R"("k":1,"name":"Mod")";
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":2,"stack":[{"s":"x"},{"s":"mod!f","n":1}])"})), "0-1");
  EXPECT_EQ(EndpointMatches(query, Events({start, R"("k":2,"stack":[{"s":"x","n":1},{"s":"mod!f"}])"})), "");
}

TEST(Alias, WithMaxspanRunsAndUntil) {
  EXPECT_EQ(EndpointMatches("sequence with maxspan=1s [any where k == 1] as e [any where k == 2 and v == e.v]",
                            Events({R"("k":1,"v":1)", R"("k":2,"v":2)", R"("k":2,"v":1)"})),
            "");
  // The name means the last of the repetitions.
  EXPECT_EQ(EndpointMatches("sequence [any where k == 1] with runs=2 as e [any where k == 2 and v == e.v]",
                            Events({R"("k":1,"v":1)", R"("k":1,"v":2)", R"("k":2,"v":1)", R"("k":2,"v":2)"})),
            "0-1-3");
  EXPECT_EQ(EndpointMatches("sequence [any where k == 1] as e [any where k == 2 and v == e.v] until [any where k == 9]",
                            Events({R"("k":1,"v":1)", R"("k":9)", R"("k":2,"v":1)"})),
            "");
}

TEST(KeylessSequence, IsOneOfTheSameHost) {
  const std::string query = "sequence [any where k == 1] [any where k == 2]";
  const auto pair = [](const std::string& first, const std::string& second) {
    return Events({R"("k":1)" + first, R"("k":2)" + second});
  };
  EXPECT_EQ(EndpointMatches(query, pair("", "")), "0-1");
  EXPECT_EQ(EndpointMatches(query, pair(R"(,"host":{"id":"a"})", R"(,"host":{"id":"a"})")), "0-1");
  EXPECT_EQ(EndpointMatches(query, pair(R"(,"host":{"id":"a"})", R"(,"host":{"id":"b"})")), "");
  EXPECT_EQ(EndpointMatches(query, pair(R"(,"agent":{"id":"a"})", R"(,"agent":{"id":"b"})")), "");
  // The agent matters only where the host is not known.
  EXPECT_EQ(EndpointMatches(query, pair(R"(,"host.id":"a","agent.id":"x")", R"(,"host.id":"a","agent.id":"y")")),
            "0-1");
}

}  // namespace
}  // namespace eqlc::scenarios
