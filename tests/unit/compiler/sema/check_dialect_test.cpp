// What a dialect forbids, and what is not built yet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

struct DialectCase {
  const char* query;
  std::vector<std::string> elastic;
  std::vector<std::string> endpoint;
};

TEST(CheckDialect, Findings) {
  const std::vector<DialectCase> cases = {
      {"process where descendant of [process where a == 1]", {"E0401:15: Process relationships are not supported"}, {}},
      {"process where not child of [process where 5]",
       {"E0401:19: Process relationships are not supported",
        "E0205:43: Condition expression needs to be boolean, found [INTEGER]"},
       {"E0401:19: Process relationships are not supported",
        "E0205:43: Condition expression needs to be boolean, found [INTEGER]"}},
      {"api where _arraysearch(a.b, $e, $e.c : \"x\" and not $e.d == 1)",
       {"E0401:11: Unknown function [_arraysearch]"},
       {}},
      {"api where $e.c : \"x\"", {"E0401:11: Variables are not supported"}, {"E0231:11: Unknown variable [$e]"}},
      {"sequence [any where a == 1] as first [any where b == 1]",
       {"E0401:29: Item aliases are not supported; found [as first]"},
       {}},
      {"sequence [any where a == 1] as first [any where first.b == 1 or second.b == 1]",
       {"E0401:29: Item aliases are not supported; found [as first]"},
       {}},
      {"any where a == 'x'",
       {"E0401:16: Use double quotes [\"] to define string literals, not single quotes [']"},
       {"E0401:16: Use double quotes [\"] to define string literals, not single quotes [']"}},
      {"'file' where a == ?\"x\"",
       {"E0401:1: Use double quotes [\"] to define string literals, not single quotes [']",
        "E0401:19: Use triple double quotes [\"\"\"] to define unescaped string literals, not [?\"]"},
       {"E0401:1: Use double quotes [\"] to define string literals, not single quotes [']",
        "E0401:19: Use triple double quotes [\"\"\"] to define unescaped string literals, not [?\"]"}},
      {"any where true | sort a",
       {"E0401:18: Pipe [sort] is not supported"},
       {"E0401:18: Pipe [sort] is not supported"}},
  };
  for (const DialectCase& c : cases) {
    SCOPED_TRACE(c.query);
    CheckedQuery elastic(c.query, Dialect::kElastic);
    EXPECT_TRUE(elastic.parsed());
    EXPECT_THAT(elastic.Findings(), ElementsAreArray(c.elastic));
    EXPECT_THAT(CheckedQuery(c.query, Dialect::kEndpoint).Findings(), ElementsAreArray(c.endpoint));
  }
}

TEST(CheckDialect, TheHintNamesTheDialect) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"process where descendant of [process where a == 1]", "`descendant of` belongs to the dialect endpoint"},
      {"process where event of [process where a == 1]", "`event of` belongs to the dialect python"},
      {"join [any where a == 1] [any where b == 1]", "`join` belongs to the dialect python"},
      {"any where true | unique a", "the pipe `unique` belongs to the dialect python"},
  };
  for (const auto& [text, hint] : cases) {
    SCOPED_TRACE(text);
    const std::vector<Diagnostic> findings = CheckedQuery(text).Take();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_THAT(findings[0].hints, ::testing::ElementsAre(hint));
  }
}

}  // namespace
}  // namespace eqlc
