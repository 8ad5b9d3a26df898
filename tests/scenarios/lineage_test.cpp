// Process relations (docs/semantics.md section 5.12), by both engines.
#include <fmt/format.h>

#include "tests/scenarios/endpoint_query.h"

namespace eqlc::scenarios {
namespace {

std::string Process(const char* name, const char* id, const char* parent, const char* more = "") {
  return fmt::format(
      R"({{"event":{{"category":"process","action":"start"}},"process":{{"name":"{}","entity_id":"{}","parent":{{"entity_id":"{}"}}{}}}}})",
      name, id, parent, more);
}
std::string File(const char* path, const char* id) {
  return fmt::format(R"({{"event":{{"category":"file"}},"file":{{"path":"{}"}},"process":{{"entity_id":"{}"}}}})", path,
                     id);
}

const std::string kFromOffice =
    "descendant of [process where event.action == \"start\" and process.name == \"office\"]";

TEST(Lineage, FollowsTheChainOfParents) {
  EXPECT_EQ(EndpointMatches("process where " + kFromOffice,
                            {Process("office", "1", "0"), Process("shell", "2", "1"), Process("tool", "3", "2"),
                             Process("other", "4", "0"), Process("tool", "5", "4")}),
            "1 2");
}

TEST(Lineage, ConcernsEveryEventOfTheProcess) {
  EXPECT_EQ(EndpointMatches("file where " + kFromOffice, {Process("office", "1", "0"), File("a", "1"),
                                                          Process("shell", "2", "1"), File("b", "2"), File("c", "9")}),
            "3");
}

TEST(Lineage, AncestryBridgesWhatWasNotSeen) {
  EXPECT_EQ(
      EndpointMatches("process where " + kFromOffice,
                      {Process("office", "1", "0"), Process("tool", "7", "6", R"(,"Ext":{"ancestry":["6","5","1"]})"),
                       Process("tool", "8", "7")}),
      "1 2");
}

TEST(Lineage, ASourceIsNoDescendantOfItself) {
  EXPECT_EQ(EndpointMatches("process where " + kFromOffice, {Process("office", "1", "0"), Process("office", "2", "1")}),
            "1");
}

TEST(Lineage, StandsUnderOrAndNot) {
  const std::vector<std::string> events = {Process("office", "1", "0"), Process("shell", "2", "1"),
                                           Process("shell", "3", "0"), Process("init", "4", "0")};
  EXPECT_EQ(EndpointMatches("process where process.name == \"shell\" and not " + kFromOffice, events), "2");
  EXPECT_EQ(EndpointMatches("process where process.name == \"init\" or " + kFromOffice, events), "1 3");
  EXPECT_EQ(EndpointMatches("process where (" + kFromOffice + ") == false", events), "0 2 3");
}

TEST(Lineage, Nests) {
  const std::string query =
      "process where descendant of [process where process.name == \"shell\" and " + kFromOffice + "]";
  EXPECT_EQ(EndpointMatches(query, {Process("office", "1", "0"), Process("shell", "2", "1"), Process("tool", "3", "2"),
                                    Process("shell", "4", "0"), Process("tool", "5", "4")}),
            "2");
}

TEST(Lineage, InASequence) {
  const auto at = [](int64_t ms, std::string event) {
    return fmt::format(R"({{"@timestamp":{},{})", 1'700'000'000'000 + ms, event.substr(1));
  };
  EXPECT_EQ(EndpointMatches(
                "sequence by process.entity_id [process where " + kFromOffice + "] [file where file.path == \"x\"]",
                {at(0, Process("office", "1", "0")), at(1, Process("shell", "2", "1")), at(2, File("x", "1")),
                 at(3, File("x", "2"))}),
            "1-3");
}

TEST(Lineage, AKeyOfAnEventCannotPretend) {
  EXPECT_EQ(
      EndpointMatches("process where " + kFromOffice, {R"({"event":{"category":"process"},"":true,"lineage#0":true})"}),
      "");
}

}  // namespace
}  // namespace eqlc::scenarios
