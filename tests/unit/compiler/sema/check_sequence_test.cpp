// Sequences, samples and joins.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;

void ExpectFindings(const std::vector<FindingCase>& cases, Dialect dialect = Dialect::kElastic) {
  for (const FindingCase& c : cases) {
    SCOPED_TRACE(c.query);
    CheckedQuery query(c.query, dialect);
    EXPECT_TRUE(query.parsed());
    EXPECT_THAT(query.Findings(), ElementsAreArray(c.findings));
  }
}

TEST(CheckSequence, AcceptsWhatTheLanguageHas) {
  ExpectFindings({
      {"sequence by a, ?b with maxspan=1m [any where x == 1] [any where y == 1] until [any where z == 1]", {}},
      {"sequence [any where x == 1] by a [any where y == 1] by b", {}},
      {"sequence [any where x == 1] with runs=2", {}},
      {"sequence with maxspan=500ms [any where x == 1] ![any where y == 1]", {}},
      {"sequence with maxspan=1d ![any where x == 1] [any where y == 1] with runs=100", {}},
  });
}

TEST(CheckSequence, Findings) {
  ExpectFindings({
      {"sequence by a [any where x == 1] by b [any where y == 1]",
       {"E0302:39: Inconsistent number of join keys specified; expected [1] but found [0]"}},
      {"sequence [any where x == 1] [any where y == 1] by b, c",
       {"E0302:51: Inconsistent number of join keys specified; expected [0] but found [2]"}},
      {"sequence [any where x == 1] by a [any where y == 1] by b until [any where z == 1]",
       {"E0302:64: Inconsistent number of join keys specified; expected [1] but found [0]"}},
      {"sequence [any where x == 1] [any where y == 1] with runs=0",
       {"E0304:58: A positive runs value is required; found [0]"}},
      {"sequence [any where x == 1] [any where y == 1] with runs=101",
       {"E0304:58: A query cannot be repeated more than 100 times; found [101]"}},
      {"sequence [any where x == 1]", {"E0305:1: A sequence requires a minimum of 2 queries, found [1]"}},
      {"sequence [any where x == 1] until [any where y == 1]",
       {"E0305:1: A sequence requires a minimum of 2 queries, found [1]"}},
      {"sequence [any where x == 1] with runs=100 [any where x == 1] with runs=100 [any where x == 1] with runs=57",
       {"E0305:1: Sequence cannot contain more than 256 queries; found [257]"}},
      {"sequence [any where x == 1] ![any where y == 1]",
       {"E0306:29: [maxspan] is required for sequences with missing events queries; found none"}},
      {"sequence with maxspan=1m ![any where x == 1] ![any where y == 1]",
       {"E0307:1: A sequence requires at least one positive event query; found none"}},
      {"sequence [any where 5] [any where y == 1] until [any where \"x\"]",
       {"E0205:21: Condition expression needs to be boolean, found [INTEGER]",
        "E0205:60: Condition expression needs to be boolean, found [KEYWORD]"}},
      {"sequence by a[0] [any where x == 1] [any where y == 1]", {"E0210:13: Array indexes are not supported"}},
  });
}

TEST(CheckSequence, UntilIsAPlainItem) {
  ExpectFindings({
      {"sequence [any where x == 1] [any where y == 1] until ![any where z == 1]",
       {"E0309:54: Missing events are not supported in [until]"}},
      {"sequence [any where x == 1] [any where y == 1] until [any where z == 1] with runs=2",
       {"E0309:83: Option [runs] is not supported in [until]"}},
  });
}

TEST(CheckSequence, KeyCountPointsAtTheFirstItem) {
  const std::vector<Diagnostic> findings = CheckedQuery("sequence [any where x == 1] by a [any where y == 1]").Take();
  ASSERT_EQ(findings.size(), 1u);
  ASSERT_EQ(findings[0].labels.size(), 1u);
  EXPECT_EQ(findings[0].labels[0].range.column, 10u);
}

TEST(CheckSample, NeedsKeysAndPlainItems) {
  ExpectFindings({
      {"sample by a [any where x == 1] [any where y == 1]", {}},
      {"sample by ?a [any where x == 1] by b [any where y == 1] by ?c", {}},
      {"sample [any where x == 1] [any where y == 1]",
       {"E0311:8: A sample must have at least one join key, found none"}},
      {"sample by a [any where x == 1] by a [any where y == 1] by b",
       {"E0311:35: Join keys must be used only once, found duplicates: [a]"}},
      {"sample [any where x == 1] by a [any where y == 1] by a, b",
       {"E0302:54: Inconsistent number of join keys specified; expected [1] but found [2]"}},
      {"sample by a [any where x == 1] ![any where y == 1]",
       {"E0308:32: Missing events are supported only for sequences"}},
      {"sample by a, a [any where x == 1] [any where y == 1]",
       {"E0311:14: Join keys must be used only once, found duplicates: [a]"}},
      {"sample by a [any where x == 1] [any where y == 1] | head 5", {"E0314:51: Samples do not support pipes"}},
  });
}

TEST(CheckSample, HasTwoToFiveItems) {
  ExpectFindings({
      {"sample by a [any where x]", {"E0305:1: A sample requires a minimum of 2 queries, found [1]"}},
      {"sample by a [any where x] [any where x] [any where x] [any where x] [any where x]", {}},
      {"sample by a [any where x] [any where x] [any where x] [any where x] [any where x] [any where x]",
       {"E0305:1: A sample cannot contain more than 5 queries; found [6]"}},
  });
}

TEST(CheckJoin, IsRefusedByName) {
  ExpectFindings({
      {"join by a [any where x == 1] [any where y == 1]", {"E0401:1: JOIN command is not supported"}},
      {"join [any where x == 1] ![any where 5]",
       {"E0401:1: JOIN command is not supported", "E0308:25: Missing events are supported only for sequences",
        "E0205:37: Condition expression needs to be boolean, found [INTEGER]"}},
  });
}

}  // namespace
}  // namespace eqlc
