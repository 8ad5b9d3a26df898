// Calls: names, `~` forms, arguments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;
using ::testing::HasSubstr;

TEST(CheckCall, Findings) {
  const std::vector<FindingCase> cases = {
      {"any where startswith~(a, \"x\") and CIDRMATCH(b, \"10.0.0.0/8\", \"::1\")", {}},
      {"any where between(a, \"x\", \"y\", true) == \"z\"", {}},
      {"any where substring(a, 1, length(b) - 1) == \"z\"", {}},
      {"any where lenght(a) == 1", {"E0201:11: Unknown function [lenght], did you mean [length]?"}},
      {"any where arrayContains(a, \"x\")",
       {"E0201:11: Unknown function [arrayContains], did you mean [stringcontains]?"}},
      {"any where frobnicate(a, b)", {"E0201:11: Unknown function [frobnicate]"}},
      {"any where wildcard(a, \"x*\")", {"E0201:11: Unknown function [wildcard]"}},
      {"any where length~(a) == 1", {"E0203:11: Function [length] does not support case-(in)sensitivity"}},
      {"any where startsWith(a)", {"E0202:11: error building [startswith]: expects exactly two arguments"}},
      {"any where length() == 1", {"E0202:11: error building [length]: expects exactly one argument"}},
      {"any where substring(a) == \"b\"", {"E0202:11: error building [substring]: expects two or three arguments"}},
      {"any where between(a, \"b\") == \"b\"", {"E0202:11: error building [between]: expects three or four arguments"}},
      {"any where cidrMatch(a)", {"E0202:11: error building [cidrmatch]: expects at least two arguments"}},
      {"any where number(a, 10, 2) == 1", {"E0202:11: error building [number]: expects one or two arguments"}},
      {"any where cidrMatch(a, b)",
       {"E0207:24: second argument of [cidrMatch(a, b)] must be a constant, received [b]"}},
      {"any where cidrMatch(a, \"::1\", 5)",
       {"E0204:31: third argument of [cidrMatch(a, \"::1\", 5)] must be [string], found value [5] type [integer]"}},
      {"any where length(5) == 1",
       {"E0204:18: first argument of [length(5)] must be [string], found value [5] type [integer]"}},
      {"any where length(length(a)) == 1",
       {"E0204:18: first argument of [length(length(a))] must be [string], found value [length(a)] type [integer]"}},
      {"any where between(p, 1, \"2\") == \"x\"",
       {"E0204:22: second argument of [between(p, 1, \"2\")] must be [string], found value [1] type [integer]"}},
      {"any where substring(a, 1.5) == \"x\"",
       {"E0204:24: second argument of [substring(a, 1.5)] must be [integer], found value [1.5] type [double]"}},
      {"any where substring(a, -1.5) == \"x\"",
       {"E0204:24: second argument of [substring(a, -1.5)] must be [integer], found value [-1.5] type [double]"}},
      {"any where add(a, true) == 1",
       {"E0204:18: second argument of [add(a, true)] must be [numeric], found value [true] type [boolean]"}},
      {"any where startsWith(a, null)", {}},
  };
  for (const FindingCase& c : cases) {
    SCOPED_TRACE(c.query);
    CheckedQuery query(c.query);
    EXPECT_TRUE(query.parsed());
    EXPECT_THAT(query.Findings(), ElementsAreArray(c.findings));
  }
}

TEST(CheckCall, HintsSayWhatToWrite) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"any where wildcard(a, \"x*\")", "use `:`"},
      {"any where match(a, \"x\")", "use `regex~`"},
      {"any where length~(a) == 1", "write `length` without `~`"},
      {"any where startsWith(a)", "the call has 1; the function is `startsWith("},
      {"any where cidrMatch(a)", "..."},
  };
  for (const auto& [text, hint] : cases) {
    SCOPED_TRACE(text);
    const std::vector<Diagnostic> findings = CheckedQuery(text).Take();
    ASSERT_EQ(findings.size(), 1u);
    ASSERT_EQ(findings[0].hints.size(), 1u);
    EXPECT_THAT(findings[0].hints[0], HasSubstr(hint));
  }
}

TEST(CheckCall, ManyWrongArgumentsCostNoQuadraticTime) {
  std::string text = "any where cidrMatch(a";
  for (int i = 0; i < 30000; ++i) text += ", 1";
  CheckedQuery query(text + ")");
  EXPECT_EQ(query.sink().error_count(), 30000u);
}

}  // namespace
}  // namespace eqlc
