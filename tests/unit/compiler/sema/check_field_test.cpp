#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/sema/checked_query.h"

namespace eqlc {
namespace {

using testing::CheckedQuery;
using ::testing::ElementsAreArray;
using testing::FindingCase;

constexpr std::string_view kSchema = R"({"mappings": {"properties": {
    "name": {"type": "keyword"}, "pid": {"type": "long"}, "code": {"type": "integer"}, "ok": {"type": "boolean"},
    "ip": {"type": "ip"}, "at": {"type": "date"}, "release": {"type": "version"}, "place": {"type": "geo_point"},
    "note": {"type": "text"}, "kids": {"type": "nested", "properties": {"pid": {"type": "long"}}}}}})";

class CheckFieldTest : public ::testing::Test {
 protected:
  void Expect(const std::vector<FindingCase>& cases, bool strict) {
    const auto schema = Schema::Parse(kSchema);
    FieldCatalog fields(schema->get(), strict);
    for (const FindingCase& c : cases) {
      CheckedQuery query(c.query, Dialect::kElastic, &fields);
      EXPECT_THAT(query.Findings(), ElementsAreArray(c.findings)) << c.query;
    }
  }
};

TEST_F(CheckFieldTest, StrictSchemaHasEveryField) {
  Expect({{"any where nmae == \"a\"", {"E0220:11: Unknown column [nmae], did you mean [name]?"}},
          {"any where process.name == \"a\"", {"E0220:11: Unknown column [process.name]"}},
          {"any where ?nmae == \"a\"", {}},
          {"any where ?x == ?y", {}},
          {"sequence by ?x, name [any where true] [any where true]", {}},
          {"sequence by x [any where true] [any where true]", {"E0220:13: Unknown column [x]"}}},
         true);
  Expect({{"any where nmae == \"a\"", {}},
          {"any where process.nmae == \"a\"", {"W0204:11: the field `process.nmae` is not known"}}},
         false);
}

TEST_F(CheckFieldTest, TypesThatQueriesCannotUse) {
  Expect({{"any where place == 0", {"E0221:11: Cannot use field [place] with unsupported type [geo_point]"}},
          {"any where kids == 0",
           {"E0221:11: Cannot use field [kids] type [nested] due to nested fields not being supported yet"}},
          {"any where kids.pid == 0",
           {"E0221:11: Cannot use field [kids.pid] type [long] due to nested fields not being supported yet"}}},
         true);
}

TEST_F(CheckFieldTest, OperandsHaveTheTypeOfTheirField) {
  Expect({{"any where name", {"E0205:11: Condition expression needs to be boolean, found [KEYWORD]"}},
          {"any where note", {"E0205:11: Condition expression needs to be boolean, found [TEXT]"}},
          {"any where at", {"E0205:11: Condition expression needs to be boolean, found [DATETIME]"}},
          {"any where release", {"E0205:11: Condition expression needs to be boolean, found [VERSION]"}},
          {"any where ok and not ok", {}},
          {"any where pid : \"4*\"",
           {"E0204:11: first argument of [:] must be [string], found value [pid] type [long]; consider using [==] "
            "instead"}},
          {"any where pid like \"4*\"",
           {"E0204:11: argument of [pid like \"4*\"] must be [string], found value [pid] type [long]"}},
          {"any where length(ip) > 1",
           {"E0204:18: first argument of [length(ip)] must be [string], found value [ip] type [ip]"}},
          {"any where cidrMatch(name, \"10.0.0.0/8\")",
           {"E0204:21: first argument of [cidrMatch(name, \"10.0.0.0/8\")] must be [ip], found value [name] type "
            "[keyword]"}},
          {"any where cidrMatch(ip, \"10.0.0.0/8\") and cidrMatch(substring(name, 1), \"10.0.0.0/8\")", {}},
          {"any where name + 1 == 2",
           {"E0204:11: first argument of [name + 1] must be [numeric], found value [name] type [keyword]"}},
          {"any where ok < 1",
           {"E0204:11: first argument of [ok < 1] must be [string or numeric], found value [ok] type [boolean]"}}},
         true);
}

TEST_F(CheckFieldTest, JoinKeysThatNeverEqual) {
  Expect({{"sequence [any where true] by at [any where true] by pid",
           {"E0320:53: Sequence key [pid] type [long] is incompatible with key [at] type [date]"}},
          {"sequence [any where true] by pid, name [any where true] by code, note", {}},
          {"sequence [any where true] by name [any where true] by release",
           {"E0320:55: Sequence key [release] type [version] is incompatible with key [name] type [keyword]"}}},
         true);
}

}  // namespace
}  // namespace eqlc
