// Item aliases, in the endpoint dialect.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;

TEST(CheckAlias, Findings) {
  const std::vector<FindingCase> cases = {
      {"sequence [any where a == 1] as e [any where b == e.b and e.c : \"x\"]", {}},
      {"sequence by k [any where a == 1] by c as e [any where b != e.b] by c as f [any where c == e.c or d == f.d] by "
       "c",
       {}},
      {"sequence [any where e == 1] as e [any where e == 2]", {}},
      {"sequence [any where e.a == 1] as e [any where b == 1]", {"E0321:21: [e] is no item before this one"}},
      {"sequence [any where f.a == 1] as e [any where b == 1] as f", {"E0321:21: [f] is no item before this one"}},
      {"sequence [any where a == 1] by e.b as e [any where b == 1] by e.b",
       {"E0321:32: [e.b] cannot be read here", "E0321:63: [e.b] cannot be read here"}},
      {"sequence [any where a == 1] as e [any where b == 1] until [any where b == e.b]",
       {"E0321:75: [e.b] cannot be read here"}},
      {"sequence [any where a == 1] as e [any where descendant of [any where e.b == 1]]",
       {"E0321:70: [e.b] cannot be read here"}},
      {"sequence with maxspan=1s [any where a == 1] as e ![any where b == e.b]",
       {"E0321:67: [e.b] cannot be read here"}},
      {"sequence with maxspan=1s [any where a == 1] ![any where true] as e",
       {"E0321:45: a missing event cannot have a name; found [as e]"}},
      {"sequence [any where a == 1] as e [any where b == 1] as e",
       {"E0321:34: an item before this one is called [e], too"}},
      {"sequence [any where a == 1] as e [any where _arraysearch(e.b, $x, true)]",
       {"E0321:58: arrays of another item's event cannot be searched"}},
      {"sequence [any where a == 1] as e [any where _arraysearch(b, $e, $e.b == 1)]", {}},
  };
  for (const FindingCase& c : cases) {
    EXPECT_THAT(CheckedQuery(c.query, Dialect::kEndpoint).Findings(), ElementsAreArray(c.findings)) << c.query;
  }
}

}  // namespace
}  // namespace eqlc
