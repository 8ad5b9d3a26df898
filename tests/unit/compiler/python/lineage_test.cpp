// `child of`, `descendant of` and `event of` (docs/semantics.md section 11).
#include <gmock/gmock.h>

#include "tests/unit/compiler/python/python_rule.h"

namespace eqlc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Process(const std::string& subtype, int id, int parent, const std::string& name) {
  return "{\"type\":\"process\",\"subtype\":\"" + subtype + "\",\"pid\":" + std::to_string(id) +
         ",\"unique_pid\":" + std::to_string(id) + ",\"unique_ppid\":" + std::to_string(parent) +
         ",\"process_name\":\"" + name + "\"}";
}
std::string File(int id) {
  return "{\"type\":\"file\",\"pid\":" + std::to_string(id) + ",\"unique_pid\":" + std::to_string(id) + "}";
}

const std::string kRoot = Process("create", 10, 1, "root");
const std::string kChild = Process("create", 11, 10, "child");
const std::string kGrandchild = Process("fork", 12, 11, "grandchild");
const std::string kOther = Process("create", 20, 1, "other");

TEST(PythonLineage, ChildDescendantAndEvent) {
  const std::vector<std::string> events = {kRoot, kChild, kGrandchild, kOther, File(10), File(11), File(12), File(20)};
  EXPECT_THAT(RunPython("any where child of [process where process_name == 'root']", events),
              ElementsAre(kChild, File(11)));
  EXPECT_THAT(RunPython("any where descendant of [process where process_name == 'root']", events),
              ElementsAre(kChild, kGrandchild, File(11), File(12)));
  EXPECT_THAT(RunPython("file where event of [process where process_name == 'root']", events), ElementsAre(File(10)));
  EXPECT_THAT(RunPython("file where not descendant of [process where process_name == 'root']", events),
              ElementsAre(File(10), File(20)));
}

TEST(PythonLineage, AnEndIsStillOfTheProcess) {
  const std::string end = Process("terminate", 11, 10, "child");
  const std::string query = "any where child of [process where process_name == 'root']";
  EXPECT_THAT(RunPython(query, {kRoot, kChild, end, File(11), kOther, File(11)}), ElementsAre(kChild, end, File(11)));
}

TEST(PythonLineage, AnEndedProcessIsForgottenAfterTheNextProcessEvent) {
  const std::string end = Process("terminate", 10, 1, "root");
  const std::string load = Process("load", 20, 1, "other");
  const std::string query = "file where event of [process where process_name == 'root' and subtype != 'terminate']";
  EXPECT_THAT(RunPython(query, {kRoot, end, File(10)}), ElementsAre(File(10)));
  EXPECT_THAT(RunPython(query, {kRoot, end, load, File(10)}), IsEmpty());
  const std::string children = "any where child of [process where process_name == 'root']";
  EXPECT_THAT(RunPython(children, {kRoot, end, kChild}), ElementsAre(kChild)) << "after, not before it";
  // An event of the process itself tells of a new one.
  EXPECT_THAT(RunPython(query, {end, Process("load", 10, 1, "root"), kOther, File(10)}), ElementsAre(File(10)));
  EXPECT_THAT(RunPython(query, {kRoot, end, Process("load", 10, 1, "x"), File(10)}), IsEmpty());
}

TEST(PythonLineage, TheStartOfTheSystemForgetsAll) {
  const std::string system = Process("create", 4, 0, "System");
  EXPECT_THAT(
      RunPython("file where child of [process where process_name == 'root']", {kRoot, kChild, system, File(11)}),
      IsEmpty());
}

TEST(PythonLineage, Nests) {
  const std::string query =
      "file where child of [process where process_name == 'child' and child of [process where process_name == 'root']]";
  EXPECT_THAT(RunPython(query, {kRoot, kChild, kGrandchild, File(12), File(11)}), ElementsAre(File(12)));
  EXPECT_THAT(RunPython(query, {Process("create", 11, 1, "child"), kGrandchild, File(12)}), IsEmpty());
}

TEST(PythonLineage, StandsInSequences) {
  const std::string query =
      "sequence by unique_pid [process where descendant of [process where process_name == 'root']] [file where true]";
  std::vector<std::string> events = {kRoot, kChild, File(11)};
  for (size_t i = 0; i < events.size(); ++i) events[i].insert(1, "\"time\":" + std::to_string(i + 1) + ",");
  EXPECT_THAT(RunPython(query, events), ElementsAre(events[1] + " " + events[2]));
}

}  // namespace
}  // namespace eqlc::testing
