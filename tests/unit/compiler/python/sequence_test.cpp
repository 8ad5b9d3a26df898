// Sequences and joins of python-eql's dialect (docs/semantics.md section 11).
#include <gmock/gmock.h>

#include "tests/unit/compiler/python/python_rule.h"

namespace eqlc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Event(const std::string& kind, int time, const std::string& key = "") {
  const std::string k = key.empty() ? "" : ",\"k\":" + key;
  return "{\"e\":\"" + kind + "\",\"time\":" + std::to_string(1000 + time) + k + "}";
}

TEST(PythonSequence, UntilActsBeforeTheItems) {
  const std::string query = "sequence [any where e == '*a*'] [any where e == '*b*'] until [any where e == '*u*']";
  EXPECT_THAT(RunPython(query, {Event("a", 1), Event("bu", 2)}), IsEmpty());
  EXPECT_THAT(RunPython(query, {Event("au", 1), Event("b", 2)}), ElementsAre(Event("au", 1) + " " + Event("b", 2)));
}

TEST(PythonSequence, ForkKeepsTheStart) {
  const std::vector<std::string> events = {Event("a", 1), Event("b", 2), Event("b", 3), Event("c", 4), Event("c", 5)};
  const std::string a = Event("a", 1);
  EXPECT_THAT(RunPython("sequence [any where e == 'a'] [any where e == 'b'] fork", events),
              ElementsAre(a + " " + Event("b", 2), a + " " + Event("b", 3)));
  EXPECT_THAT(
      RunPython("sequence [any where e == 'a'] [any where e == 'b'] fork=true [any where e == 'c'] fork", events),
      ElementsAre(a + " " + Event("b", 3) + " " + Event("c", 4), a + " " + Event("b", 3) + " " + Event("c", 5)));
  EXPECT_THAT(RunPython("sequence [any where e == 'a'] [any where e == 'b'] fork=false", events),
              ElementsAre(a + " " + Event("b", 2)));
}

TEST(PythonSequence, KeysAreFoldedAndNullIsOne) {
  const std::string query = "sequence by k [any where e == 'a'] [any where e == 'b']";
  EXPECT_THAT(RunPython(query, {Event("a", 1, "\"X\""), Event("b", 2, "\"x\"")}),
              ElementsAre(Event("a", 1, "\"X\"") + " " + Event("b", 2, "\"x\"")));
  EXPECT_THAT(RunPython(query, {Event("a", 1, "\"X\""), Event("b", 2, "\"x\"")}, {.case_sensitive = true}), IsEmpty());
  EXPECT_THAT(RunPython(query, {Event("a", 1), Event("b", 2)}), ElementsAre(Event("a", 1) + " " + Event("b", 2)));
  // A list is one key.
  EXPECT_THAT(RunPython(query, {Event("a", 1, "[1,2]"), Event("b", 2, "2"), Event("b", 3, "[1,2]")}),
              ElementsAre(Event("a", 1, "[1,2]") + " " + Event("b", 3, "[1,2]")));
}

TEST(PythonSequence, ListsAreKeysByTheirValues) {
  const std::string query = "sequence by k [any where e == 'a'] [any where e == 'b']";
  const std::string join = "join by k [any where e == 'a'] [any where e == 'b']";
  for (const char* other : {R"(["\u0061",1])", R"([ "a" , 1 ])", R"(["a",1.0])"}) {
    const std::vector<std::string> events = {Event("a", 1, R"(["a",1])"), Event("b", 2, other)};
    for (const bool case_sensitive : {false, true}) {
      EXPECT_THAT(RunPython(query, events, {case_sensitive}), ElementsAre(events[0] + " " + events[1])) << other;
      EXPECT_THAT(RunPython(join, events, {case_sensitive}), ElementsAre(events[0] + " " + events[1])) << other;
    }
  }
  const std::vector<std::string> events = {Event("a", 1, R"(["A"])"), Event("b", 2, R"(["a"])")};
  EXPECT_THAT(RunPython(query, events), ElementsAre(events[0] + " " + events[1]));
  EXPECT_THAT(RunPython(query, events, {.case_sensitive = true}), IsEmpty());
}

TEST(PythonSequence, KeysMayBeExpressions) {
  const std::string query =
      "sequence with maxspan=10s by concat(e, 'x'):length() [any where e == 'a'] by k * 2 [any where e == 'b'] by k";
  EXPECT_THAT(RunPython(query, {Event("a", 1, "4"), Event("b", 2, "4"), Event("b", 3, "8"), Event("b", 20, "8")}),
              ElementsAre(Event("a", 1, "4") + " " + Event("b", 3, "8")));
}

TEST(PythonSequence, IsRefused) {
  for (const char* query :
       {"sequence [any where e == 'a']", "sequence [any where true] fork [any where true]",
        "sequence [any where true] by a [any where true]", "sequence [any where true] ![any where true]",
        "sequence [any where true] [any where true] with runs=2",
        "sequence [any where true] by 'x' [any where true] by 5", "join [any where true]",
        "join [any where true] [any where true] fork", "sample by k [any where true] [any where true]"}) {
    EXPECT_THAT(RunPython(query, {Event("a", 1)}), ElementsAre(::testing::HasSubstr("E0"))) << query;
  }
}

TEST(PythonJoin, ItemsInAnyOrderFirstEventsCount) {
  const std::string query = "join by k [any where e == 'a'] [any where e == '*b']";
  const std::string a1 = Event("a", 1, "1"), a2 = Event("a", 2, "1"), b3 = Event("b", 3, "1"), b0 = Event("b", 0, "1");
  EXPECT_THAT(RunPython(query, {a1, a2, b3, b0}), ElementsAre(a1 + " " + b3));
  EXPECT_THAT(RunPython(query, {b0, a1, a2, b3}), ElementsAre(a1 + " " + b0, a2 + " " + b3));
  EXPECT_THAT(RunPython(query, {a1, Event("b", 2, "2")}), IsEmpty());
  EXPECT_THAT(RunPython(query + " until [any where e == 'ub']", {a1, Event("ub", 2, "1"), b3}), IsEmpty());
}

TEST(PythonJoin, OneEventMayFillSeveralPlaces) {
  const std::string ab = Event("ab", 1);
  EXPECT_THAT(RunPython("join [any where e == 'a*'] [any where e == '*b']", {ab}), ElementsAre(ab + " " + ab));
}

}  // namespace
}  // namespace eqlc::testing
