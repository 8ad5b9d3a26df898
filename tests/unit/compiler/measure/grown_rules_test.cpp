#include "compiler/measure/grown_rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runtime/measure/stages.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

std::vector<RuleText> Texts(int count) {
  std::vector<RuleText> texts;
  for (int i = 0; i < count; ++i) texts.push_back({std::to_string(i), ""});
  return texts;
}

std::vector<std::string> Names(const std::vector<RuleText>& texts) {
  std::vector<std::string> names;
  for (const RuleText& text : texts) names.push_back(text.name);
  return names;
}

EventLines Events() {
  EventLines events;
  events.Append(R"({"event":{"category":"process"},"process":{"name":"cmd.exe"}})");
  return events;
}

TEST(GrownRules, ArePickedEvenlyThenCopied) {
  using List = std::vector<std::string>;
  EXPECT_EQ(Names(PickRules(Texts(10), 3)), (List{"0", "3", "6"}));
  const std::vector<RuleText> copies = {{"a", ""}, {"b", ""}};
  EXPECT_EQ(Names(GrowRules(Texts(4), copies, 2)), (List{"0", "2"}));
  EXPECT_EQ(Names(GrowRules(Texts(2), copies, 3)), (List{"0", "1", "a"}));
  EXPECT_EQ(Names(GrowRules(Texts(1), copies, 100)), (List{"0", "a", "b"}));
}

TEST(GrownRules, AreReadFromFiles) {
  const testing::TempFolder folder;
  folder.Write("a/b.eql", "any where true");
  const std::vector<RuleText> texts = ReadRules({folder.path()});
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts[0].contents, "any where true");
}

TEST(GrownRules, CopiesMatchNothing) {
  const EventLines events = Events();
  const auto real = Compile({{"a.eql", R"(process where process.name : ("cmd.exe", "sh"))"},
                             {"b.eql", R"(process where not process.name == "a.exe")"}})
                        .program;
  const std::vector<RuleText> copies = SilentCopies(*real, events, 50, {});
  ASSERT_EQ(copies.size(), 50u);
  for (const RuleText& copy : copies) EXPECT_TRUE(copy.name.starts_with("a-")) << "those of b match: " << copy.name;
  const auto grown = Compile(copies).program;
  EXPECT_EQ(grown->rules().size(), 50u);
  EXPECT_EQ(Stages(grown, events).CountMatching().matched, 0u);
}

// Where no copy is silent, there are none.
TEST(GrownRules, MayBeFewerThanAskedFor) {
  const auto real = Compile({{"a.eql", "any where true"}}).program;
  EXPECT_TRUE(SilentCopies(*real, Events(), 10, {}).empty());
}

}  // namespace
}  // namespace eqlc
