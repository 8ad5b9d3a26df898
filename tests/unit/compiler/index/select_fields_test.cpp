// Which fields the rules at hand ask of each kind of event.
#include "runtime/match/select_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/compile.hpp"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

class SelectFieldsTest : public ::testing::Test {
 protected:
  void Load(const std::vector<std::string>& queries, Dialect dialect = Dialect::kElastic) {
    std::vector<RuleText> rules;
    for (const std::string& query : queries) rules.push_back({std::to_string(rules.size()) + ".eql", query});
    program_ = Compile(rules, {.dialect = dialect, .native_code = false}).program;
    ASSERT_EQ(program_->rules().size(), rules.size());
    selection_ = SelectFields(program_->impl());
  }

  std::string_view by() const { return selection_.by == abi::kNone ? "" : program_->impl().paths[selection_.by]; }

  std::vector<std::string_view> Names(const FieldSelection::Fields& fields) const {
    std::vector<std::string_view> names;
    for (abi::FieldId id = 0; id < program_->impl().paths.size(); ++id) {
      if ((fields[id / 64] >> (id % 64) & 1) != 0) names.push_back(program_->impl().paths[id]);
    }
    return names;
  }

  std::vector<std::string_view> FieldsOf(std::string_view kind) const {
    const auto at = std::ranges::find(selection_.kinds, kind, &FieldSelection::Kind::value);
    return Names(at == selection_.kinds.end() ? selection_.others : at->fields);
  }

  std::shared_ptr<const Program> program_;
  FieldSelection selection_;
};

TEST_F(SelectFieldsTest, ACategoryNeedsWhatItsRulesRead) {
  Load({R"(process where process.name == "a" and not user.name == "b")", "network where destination.port == 25",
        R"(any where event.category : ("File", "network") and file.size > 1)"});
  EXPECT_EQ(by(), "event.category");
  EXPECT_THAT(FieldsOf("process"), UnorderedElementsAre("@timestamp", "event.category", "process.name", "user.name"));
  EXPECT_THAT(FieldsOf("network"),
              UnorderedElementsAre("@timestamp", "event.category", "destination.port", "file.size"));
  EXPECT_THAT(FieldsOf("registry"), UnorderedElementsAre("@timestamp", "event.category"));
  EXPECT_EQ(Names({uint64_t{1} << selection_.others_end}), std::vector<std::string_view>{"@timestamp"});
}

TEST_F(SelectFieldsTest, EveryEventNeedsWhatRulesForAllCategoriesRead) {
  Load({R"(process where process.name == "a")", "network where destination.port == 25",
        R"(any where host.name == "h")"});
  EXPECT_EQ(by(), "event.category");
  EXPECT_THAT(FieldsOf("process"), UnorderedElementsAre("@timestamp", "event.category", "process.name", "host.name"));
  EXPECT_THAT(FieldsOf("file"), UnorderedElementsAre("@timestamp", "event.category", "host.name"));
  EXPECT_EQ(selection_.others_end, abi::kNone);
}

TEST_F(SelectFieldsTest, JoinKeysAreReadOfEventsThatMatch) {
  Load({R"(sequence [process where process.name == "a"] by process.entity_id, ?user.id
                    [file where file.name == "b"] by host.id, file.path
                    until [network where destination.port == 1] by agent.id, source.ip)"});
  EXPECT_THAT(FieldsOf("process"),
              UnorderedElementsAre("@timestamp", "event.category", "process.name", "process.entity_id", "user.id"));
  EXPECT_THAT(FieldsOf("file"),
              UnorderedElementsAre("@timestamp", "event.category", "file.name", "host.id", "file.path"));
  EXPECT_THAT(FieldsOf("network"),
              UnorderedElementsAre("@timestamp", "event.category", "destination.port", "agent.id", "source.ip"));
}

TEST_F(SelectFieldsTest, RelationsOfProcessesAreAboutEveryEvent) {
  Load({R"(network where descendant of [process where process.name == "a"])"}, Dialect::kEndpoint);
  EXPECT_EQ(selection_.others_end, abi::kNone);
  if (selection_.by == abi::kNone) return;  // nothing to leave out
  EXPECT_THAT(FieldsOf("file"), IsSupersetOf({"@timestamp", "process.entity_id", "process.Ext.ancestry"}));
}

TEST_F(SelectFieldsTest, APatternOfCategoriesLeavesThemOpen) {
  Load({R"(process where process.name == "a")", R"(any where event.category : "net*" and file.size > 1)"});
  EXPECT_THAT(FieldsOf("registry"), UnorderedElementsAre("@timestamp", "event.category", "file.size"));
  EXPECT_EQ(selection_.others_end, abi::kNone);
}

TEST_F(SelectFieldsTest, WithoutRequirementsThereIsNoSelection) {
  Load({R"(any where not host.name == "h")", R"(any where not user.name == "h")"});
  EXPECT_EQ(by(), "");
}

}  // namespace
}  // namespace eqlc
