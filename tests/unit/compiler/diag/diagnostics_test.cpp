#include "compiler/diag/diagnostics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

using testing::ElementsAre;

constexpr Code kAllCodes[] = {
#define EQLC_DIAGNOSTIC(id, name, severity, title) Code::k##name,
#include "compiler/diag/codes.def"
#undef EQLC_DIAGNOSTIC
};

TEST(CodeTable, IdsAreUniqueAndTellTheSeverity) {
  std::set<std::string_view> ids;
  for (const Code code : kAllCodes) {
    const CodeInfo& info = GetCodeInfo(code);
    EXPECT_TRUE(ids.insert(info.id).second) << info.id;
    ASSERT_EQ(info.id.size(), 5u);
    EXPECT_FALSE(info.title.empty());
    switch (info.severity) {
      case Severity::kError:
        EXPECT_EQ(info.id[0], 'E');
        break;
      case Severity::kWarning:
        EXPECT_EQ(info.id[0], 'W');
        break;
      case Severity::kNote:
        EXPECT_EQ(info.id[0], 'N');
        break;
    }
  }
}

TEST(CodeTable, RowsMatchTheEnumeration) {
  EXPECT_EQ(GetCodeInfo(Code::kUnreadableFile).id, "E0001");
  EXPECT_EQ(GetCodeInfo(Code::kUnknownFunction).name, "UnknownFunction");
  EXPECT_EQ(GetCodeInfo(Code::kMoreDropped).id, "N0001");
}

class DiagnosticSinkTest : public testing::Test {
 protected:
  static std::vector<std::string> Messages(const std::vector<Diagnostic>& diagnostics) {
    std::vector<std::string> messages;
    for (const Diagnostic& diagnostic : diagnostics) messages.push_back(diagnostic.message);
    return messages;
  }

  const SourceMap map_{std::make_shared<const SourceFile>("a.eql", "one\ntwo three\nfour")};
  DiagnosticSink sink_{map_, "rule-1"};
};

TEST_F(DiagnosticSinkTest, FillsInEverything) {
  Diagnostic& reported = sink_.Report(Code::kUnknownFunction, {8, 13}, "no such function");
  reported.hints.push_back("try another");
  sink_.AddLabel(reported, {0, 3}, "here");
  const std::vector<Diagnostic> taken = sink_.Take();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].severity, Severity::kError);
  EXPECT_EQ(taken[0].code, "E0201");
  EXPECT_EQ(taken[0].rule_id, "rule-1");
  EXPECT_EQ(taken[0].range.file, "a.eql");
  EXPECT_EQ(taken[0].range.line, 2u);
  EXPECT_EQ(taken[0].range.column, 5u);
  EXPECT_EQ(taken[0].range.length, 5u);
  EXPECT_EQ(taken[0].range.line_text, "two three");
  ASSERT_EQ(taken[0].labels.size(), 1u);
  EXPECT_EQ(taken[0].labels[0].range.line, 1u);
  EXPECT_EQ(taken[0].labels[0].text, "here");
  EXPECT_THAT(taken[0].hints, ElementsAre("try another"));
}

TEST_F(DiagnosticSinkTest, SortsByPositionAndKeepsTheOrderOfEqualOnes) {
  sink_.Report(Code::kNeverTrue, {14, 15}, "4a");
  sink_.Report(Code::kWrongType, {8, 9}, "2b");
  sink_.Report(Code::kWrongType, {4, 5}, "2a");
  sink_.Report(Code::kNeverTrue, {14, 18}, "4b");
  sink_.Report(Code::kWrongType, {0, 1}, "1");
  EXPECT_THAT(Messages(sink_.Take()), ElementsAre("1", "2a", "2b", "4a", "4b"));
}

TEST_F(DiagnosticSinkTest, CountsErrorsAndWarnings) {
  EXPECT_FALSE(sink_.has_errors());
  sink_.Report(Code::kNeverTrue, {0, 1}, "w");
  EXPECT_FALSE(sink_.has_errors());
  sink_.Report(Code::kWrongType, {0, 1}, "e");
  EXPECT_TRUE(sink_.has_errors());
  EXPECT_EQ(sink_.error_count(), 1u);
  EXPECT_EQ(sink_.warning_count(), 1u);
}

TEST_F(DiagnosticSinkTest, DropsBeyondTheLimitAndSaysSo) {
  for (uint32_t i = 0; i < limits::kMaxDiagnosticsPerRule; ++i) sink_.Report(Code::kNeverTrue, {0, 1}, "kept");
  for (int i = 0; i < 3; ++i) sink_.Report(Code::kWrongType, {0, 1}, "dropped").hints.push_back("dropped, too");
  EXPECT_EQ(sink_.error_count(), 3u) << "a dropped error still fails the rule";
  const std::vector<Diagnostic> taken = sink_.Take();
  ASSERT_EQ(taken.size(), limits::kMaxDiagnosticsPerRule + 1);
  EXPECT_EQ(taken.back().code, "N0001");
  EXPECT_EQ(taken.back().message, "3 further findings not shown");
  EXPECT_EQ(taken.back().range.line, 0u);
  EXPECT_EQ(taken.back().range.file, "a.eql");
  EXPECT_TRUE(taken.back().hints.empty());
  EXPECT_TRUE(sink_.Take().empty());
}

TEST(NearestName, Table) {
  const std::vector<std::string_view> known = {"length", "startsWith", "endsWith", "indexOf", "add", "process.name"};
  const struct {
    const char* name;
    const char* nearest;
  } cases[] = {{"lenght", "length"},  // neighbours swapped: one edit
               {"startWith", "startsWith"},
               {"STARTSWITH", "startsWith"},  // case costs nothing
               {"endswith", "endsWith"},
               {"proces.name", "process.name"},
               {"adds", "add"},
               {"length", "length"},
               {"ad", ""},  // two letters say too little
               {"a", ""},
               {"", ""},
               {"lngt", ""},  // two of four
               {"completelyDifferent", ""}};
  for (const auto& c : cases) EXPECT_EQ(NearestName(c.name, known), c.nearest) << c.name;
}

TEST(NearestName, TheFirstOfEquallyNearOnes) {
  EXPECT_EQ(NearestName("name", {"fame", "game"}), "fame");
  EXPECT_EQ(NearestName("anything", {}), "");
}

TEST(NearestName, IgnoresHugeNames) {
  const std::string huge(1 << 20, 'x'), nearly(129, 'x');
  EXPECT_EQ(NearestName(huge, {"x"}), "");
  EXPECT_EQ(NearestName(nearly, {nearly}), "");
}

}  // namespace
}  // namespace eqlc
