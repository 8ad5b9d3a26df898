// Array searches with their variables, and process relations, in the endpoint dialect.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;

TEST(CheckSearch, Findings) {
  const std::vector<FindingCase> cases = {
      {"any where _arraysearch(a, $e, $e.x == 1 and not $e : \"b\")", {}},
      {"any where not (_arraysearch(a, $e, true) or b == 1) and arraySearch(c, $f, $f.x)", {}},
      {"any where _ARRAYSEARCH(a, $e, _arraysearch($e.b, $f, $f.x == $e.y)) == false", {}},
      {"any where _arraysearch(a, $e)", {"E0202:11: error building [_arraysearch]: expects exactly three arguments"}},
      {"any where arraySearch~(a, $e, true)",
       {"E0203:11: Function [arraySearch] does not support case-(in)sensitivity"}},
      {"any where _arraysearch(\"a\", $e, true)",
       {"E0204:24: first argument of [_arraysearch(\"a\", $e, true)] must be [a field], found value [\"a\"] type "
        "[keyword]"}},
      {"any where _arraysearch(a, e, true)",
       {"E0204:27: second argument of [_arraysearch(a, e, true)] must be [a variable], found value [e] type [any]"}},
      {"any where _arraysearch(a, $e.x, true)",
       {"E0204:27: second argument of [_arraysearch(a, $e.x, true)] must be [a variable], found value [$e.x] type "
        "[any]"}},
      {"any where _arraysearch(a, $e, length($e))",
       {"E0205:31: third argument of [_arraysearch(a, $e, length($e))] must be [boolean], found value [length($e)] "
        "type "
        "[integer]"}},
      {"any where _arraysearch(a, $e, $f.x == 1)", {"E0231:31: Unknown variable [$f]"}},
      {"any where $e.x == 1", {"E0231:11: Unknown variable [$e]"}},
      {"any where _arraysearch(a, $e, true) and $e == 1", {"E0231:41: Unknown variable [$e]"}},
      {"any where _arraysearch($e.a, $e, true)", {"E0231:24: Unknown variable [$e]"}},
      {"any where _arraysearch(a, $e, descendant of [any where $e.x == 1])", {"E0231:56: Unknown variable [$e]"}},
      {"any where string(_arraysearch(a, $e, true)) == \"true\"",
       {"E0232:18: `_arraysearch` cannot be part of a value"}},
      {"any where b == (_arraysearch(a, $e, true))", {"E0232:17: `_arraysearch` cannot be part of a value"}},
      {"any where _arraysearch(a, $e, _arraysearch(b, $f, _arraysearch(c, $g, true)))",
       {"E0233:51: array searches cannot be nested more than 2 deep"}},
      {"any where descendant of [process where a == 1] and not descendant of [process where true]", {}},
      {"any where (descendant of [process where a == 1]) != true", {}},
      {"any where string(descendant of [process where true]) == \"true\"",
       {"E0232:18: `descendant of` cannot be part of a value"}},
      {"any where child of [process where true]", {"E0401:11: Process relationships are not supported"}},
  };
  for (const FindingCase& c : cases) {
    EXPECT_THAT(CheckedQuery(c.query, Dialect::kEndpoint).Findings(), ElementsAreArray(c.findings)) << c.query;
  }
}

}  // namespace
}  // namespace eqlc
