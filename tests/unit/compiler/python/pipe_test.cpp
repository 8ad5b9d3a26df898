// Pipes of python-eql's dialect (docs/semantics.md section 11).
#include <gmock/gmock.h>

#include "tests/unit/compiler/python/python_rule.h"

namespace eqlc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kEvents = {R"({"id":1,"name":"cmd","hostname":"h2"})",
                                          R"({"id":2,"name":"CMD","hostname":"h1"})", R"({"id":3,"name":"net"})",
                                          R"({"id":4})"};

std::vector<std::string> Pipes(const std::string& pipes) { return RunPython(pipes, kEvents); }

TEST(PythonPipe, Filter) {
  EXPECT_THAT(Pipes("| filter name == 'c*' and id > 1"), ElementsAre(kEvents[1]));
  EXPECT_THAT(Pipes("| filter name"), ElementsAre(kEvents[0], kEvents[1], kEvents[2]));
}

TEST(PythonPipe, Unique) {
  EXPECT_THAT(Pipes("| unique name"), ElementsAre(kEvents[0], kEvents[2], kEvents[3]));
  EXPECT_THAT(Pipes("| unique length(name)"), ElementsAre(kEvents[0], kEvents[3]));
  EXPECT_THAT(Pipes("| unique name id").size(), 4u);
}

TEST(PythonPipe, Sort) {
  EXPECT_THAT(Pipes("| sort name, id"), ElementsAre(kEvents[3], kEvents[0], kEvents[1], kEvents[2]));
  EXPECT_THAT(Pipes("| sort -id | head 2"), ElementsAre(kEvents[3], kEvents[2]));
}

TEST(PythonPipe, Count) {
  EXPECT_THAT(Pipes("| count"), ElementsAre(R"({"key":"totals","count":4,"hosts":["h1","h2"],"total_hosts":2})"));
  EXPECT_THAT(
      Pipes("| filter name != null | count name"),
      ElementsAre(R"({"count":1,"key":"net","percent":0.3333333333333333})",
                  R"({"count":2,"hosts":["h1","h2"],"total_hosts":2,"key":"cmd","percent":0.6666666666666666})"));
  EXPECT_THAT(Pipes("| count name, id | filter key[1] > 3 | head 1"),
              ElementsAre(R"({"count":1,"key":["",4],"percent":0.25})"));
  EXPECT_THAT(Pipes("| filter false | count"), ElementsAre(R"({"key":"totals","count":0})"));
}

// A pipe without arguments reads no event; the one behind it does.
TEST(PythonPipe, BehindACountWithoutArguments) {
  const std::string total = R"({"key":"totals","count":4,"hosts":["h1","h2"],"total_hosts":2})";
  EXPECT_THAT(Pipes("| count | filter count > 0"), ElementsAre(total));
  EXPECT_THAT(Pipes("| count | filter count > 4"), ElementsAre());
  EXPECT_THAT(Pipes("| count | sort count"), ElementsAre(total));
  EXPECT_THAT(Pipes("| count | count key"), ElementsAre(R"({"count":1,"key":"totals","percent":1.0})"));
}

TEST(PythonPipe, UniqueCount) {
  EXPECT_THAT(Pipes("| unique_count name | filter count > 1"),
              ElementsAre(R"({"id":1,"name":"cmd","count":2,"hosts":["h1","h2"],"total_hosts":2,"percent":0.5})"));
  EXPECT_THAT(Pipes("| unique_count name | unique_count length(name) | filter count == 3 | count"),
              ElementsAre(R"({"key":"totals","count":1})"));
}

// However it is spelled, a host is one; null and the empty text are none.
TEST(PythonPipe, HostsAreCountedByTheirNames) {
  const std::vector<std::string> events = {R"({"k":1,"hostname":"h"})", R"({"k":1,"hostname":"\u0068"})",
                                           R"({"k":1,"hostname":null,"hosts":["a","h"]})",
                                           R"({"k":1,"hostname":"","hosts":["b",null]})"};
  EXPECT_THAT(RunPython("| count", events), ElementsAre(R"({"key":"totals","count":4,"hosts":["h"],"total_hosts":1})"));
  EXPECT_THAT(RunPython("| count k", events),
              ElementsAre(R"({"count":4,"hosts":["h"],"total_hosts":1,"key":1,"percent":1.0})"));
  EXPECT_THAT(RunPython("| unique_count k", events),
              ElementsAre(R"({"k":1,"count":4,"hosts":["a","b","h"],"total_hosts":3,"percent":1.0})"));
  EXPECT_THAT(RunPython("| unique_count k", {R"({"k":1,"hostname":null})"}),
              ElementsAre(R"({"k":1,"count":1,"percent":1.0})"));
}

TEST(PythonPipe, ListsAndObjectsAreKeysByTheirValues) {
  const std::vector<std::string> events = {R"({"i":1,"k":["a",1]})", R"({"i":2,"k":[ "\u0061" , 1.0 ]})",
                                           R"({"i":3,"k":["A",1]})", R"({"i":4,"k":{"x":["b"]}})",
                                           R"({"i":5,"k":{"x" : ["\u0062"]}})"};
  EXPECT_THAT(RunPython("| unique k", events), ElementsAre(events[0], events[3]));
  EXPECT_THAT(RunPython("| unique k", events, {.case_sensitive = true}), ElementsAre(events[0], events[2], events[3]));
  EXPECT_THAT(RunPython("| unique_count k | filter count == 3", events).size(), 1u);
  EXPECT_THAT(RunPython("| count k", events), ElementsAre(R"({"count":2,"key":{"x":["b"]},"percent":0.4})",
                                                          R"({"count":3,"key":["a",1],"percent":0.6})"));
  EXPECT_THAT(RunPython("| sort k, -i | head 2", events), ElementsAre(events[2], events[1]));
  EXPECT_THAT(RunPython("| sort k | head 1", events, {.case_sensitive = true}), ElementsAre(events[2]));
}

TEST(PythonPipe, HeadAndTailCountFiftyByDefault) {
  std::vector<std::string> events;
  for (int i = 0; i < 60; ++i) events.push_back("{\"i\":" + std::to_string(i) + "}");
  EXPECT_EQ(RunPython("any where true | head", events).size(), 50u);
  EXPECT_EQ(RunPython("any where true | tail", events).front(), events[10]);
}

TEST(PythonPipe, RowsOfSequencesShowTheirFirstEvent) {
  const std::vector<std::string> events = {R"({"t":"a","n":1,"time":1})", R"({"t":"b","n":5,"time":2})"};
  const std::string query = "sequence [any where t == 'a'] [any where t == 'b']";
  const std::string row = events[0] + " " + events[1];
  EXPECT_THAT(RunPython(query + " | filter n == 1 and events[1].n == 5 and events[0].t == 'a'", events),
              ElementsAre(row));
  EXPECT_THAT(RunPython(query + " | filter events[1].n == 1", events), ElementsAre());
  EXPECT_THAT(RunPython(query + " | filter events[2].n == 1", events), ElementsAre(HasSubstr("Invalid index")));
  EXPECT_THAT(RunPython(query + " | unique_count t | filter count == 1 and events[1].n == 5", events).size(), 1u);
}

TEST(PythonPipe, IsRefused) {
  for (const char* pipes :
       {"| head -1", "| head 0", "| head 1, 2", "| head id", "| filter", "| filter id, name", "| sort", "| sort 5",
        "| unique 'a'", "| unique", "| nothing", "| count 1 + 1", "| filter child of [any where true]"}) {
    EXPECT_THAT(Pipes(pipes), ElementsAre(HasSubstr("E03"))) << pipes;
  }
}

TEST(PythonPipe, AQueryHasAtMostSoMany) {
  std::string pipes;
  for (int i = 0; i < 65; ++i) pipes += "| head 9 ";
  EXPECT_THAT(Pipes(pipes), ElementsAre(HasSubstr("at most 64 pipes")));
}

}  // namespace
}  // namespace eqlc::testing
