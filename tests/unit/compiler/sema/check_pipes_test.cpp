// Pipes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;

TEST(CheckPipes, Findings) {
  const std::vector<FindingCase> cases = {
      {"any where true | head 5 | tail 2+3", {}},
      {"any where true | hed 5", {"E0312:18: Unrecognized pipe [hed], did you mean [head]?"}},
      {"any where true | zzzzzzzz 5", {"E0312:18: Unrecognized pipe [zzzzzzzz]"}},
      {"any where true | HEAD 5", {"E0312:18: Unrecognized pipe [HEAD], did you mean [head]?"}},
      {"any where true | unique a", {"E0401:18: Pipe [unique] is not supported"}},
      {"any where true | count", {"E0401:18: Pipe [count] is not supported"}},
      {"any where true | head", {"E0313:18: Pipe [head] expects exactly one argument but found [0]"}},
      {"any where true | tail 1, 2", {"E0313:18: Pipe [tail] expects exactly one argument but found [2]"}},
      {"any where true | head \"a\"", {"E0313:23: Pipe [head] expects a positive integer but found [\"a\"]"}},
      {"any where true | head a", {"E0313:23: Pipe [head] expects a positive integer but found [a]"}},
      {"sequence [any where a == 1] [any where b == 1] | unique a | tail",
       {"E0401:50: Pipe [unique] is not supported",
        "E0313:61: Pipe [tail] expects exactly one argument but found [0]"}},
  };
  for (const FindingCase& c : cases) {
    SCOPED_TRACE(c.query);
    CheckedQuery query(c.query);
    EXPECT_TRUE(query.parsed());
    EXPECT_THAT(query.Findings(), ElementsAreArray(c.findings));
  }
}

}  // namespace
}  // namespace eqlc
