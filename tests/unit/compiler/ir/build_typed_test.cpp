// What the type of a field makes of a comparison, as S-expressions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc {
namespace {

using testing::AddRule;
using ::testing::ElementsAre;
using testing::Lowered;

constexpr std::string_view kSchema = R"({"name": "keyword", "pid": "long", "ok": "boolean", "ip": "ip", "at": "date",
    "exact": "date_nanos", "release": "version", "day": {"type": "date", "format": "dd-MM-yyyy"},
    "id": {"type": "alias", "path": "pid"}})";

class BuildTyped : public ::testing::Test {
 protected:
  std::string Lower(const std::string& text) { return Lowered(text, Dialect::kElastic, &fields_); }

  const std::shared_ptr<const Schema> schema_ = *Schema::Parse(kSchema);
  FieldCatalog fields_{schema_.get(), true};
};

TEST_F(BuildTyped, TextsNumbersAndBooleansTakeTheLiteralOver) {
  EXPECT_EQ(Lower("name == 0"), "(leaf (eq name \"0\"))");
  EXPECT_EQ(Lower("name in (1, \"a\", true)"), "(leaf (in name \"1\" \"a\" \"true\"))");
  EXPECT_EQ(Lower("name >= 1000"), "(leaf (ge name 1000))") << "section 3.5: numeric on digit strings";
  EXPECT_EQ(Lower("\"4\" < pid"), "(leaf (gt pid 4))");
  EXPECT_EQ(Lower("pid in (\"4\", 5)"), "(leaf (in pid 4 5))");
  EXPECT_EQ(Lower("id == \"4\""), "(leaf (eq pid 4))") << "an alias is its target";
  EXPECT_EQ(Lower("ok == \"true\""), "(leaf (eq ok true))");
  EXPECT_EQ(Lower("ok == false"), "(leaf (eq ok false))") << "a field is not negated";
  EXPECT_EQ(Lower("pid == null"), "(leaf (is_null pid))");
  EXPECT_EQ(Lower("length(name) == 3"), "(leaf (eq (call length name) 3))");
}

TEST_F(BuildTyped, Addresses) {
  EXPECT_EQ(Lower("ip == \"10.0.0.0/8\""), "(leaf (call cidrMatch ip \"10.0.0.0/8\"))");
  EXPECT_EQ(Lower("ip != \"::1\""), "(never (leaf (call cidrMatch ip \"::1\")))");
  EXPECT_EQ(Lower("ip not in (\"::1\", \"10.0.0.0/8\")"), "(never (leaf (call cidrMatch ip \"10.0.0.0/8\" \"::1\")))");
  EXPECT_EQ(Lower("ip > \"10.0.0.1\""), "(leaf (gt (call ipOrder ip) \"00000000000000000000ffff0a000001\"))");
}

TEST_F(BuildTyped, Dates) {
  EXPECT_EQ(Lower("at == 1500"), "(leaf (eq (call dateMillis at) 1500))");
  EXPECT_EQ(Lower("at == \"1970-01-01T00:00:01.5Z\""), "(leaf (eq (call dateMillis at) 1500))");
  EXPECT_EQ(Lower("at == \"1970-01-01T00:00:01Z\""),
            "(leaf (and (ge (call dateMillis at) 1000) (le (call dateMillis at) 1999)))");
  EXPECT_EQ(Lower("at > \"1970-01-01\""), "(leaf (gt (call dateMillis at) 86399999))");
  EXPECT_EQ(Lower("at >= \"1970-01-01\""), "(leaf (ge (call dateMillis at) 0))");
  EXPECT_EQ(Lower("\"1970-01-01\" > at"), "(leaf (lt (call dateMillis at) 0))");
  EXPECT_EQ(Lower("at <= \"1970-01-01\""), "(leaf (le (call dateMillis at) 86399999))");
  EXPECT_EQ(Lower("exact == \"1970-01-01T00:00:00.000000001Z\""), "(leaf (eq (call dateNanos exact) 1))");
  EXPECT_EQ(Lower("at in (1, 2)"), "(leaf (in (call dateMillis at) 1 2))");
  EXPECT_EQ(Lower("at in (1, \"1970-01-02\")"),
            "(leaf (or (and (ge (call dateMillis at) 86400000) (le (call dateMillis at) 172799999)) "
            "(eq (call dateMillis at) 1)))");
  EXPECT_EQ(Lower("day >= \"02-01-1970\""), "(leaf (ge (call dateMillis day) 86400000))");
}

TEST_F(BuildTyped, Versions) {
  EXPECT_EQ(Lower("release == \"1.2\""), "(leaf (eq release \"1.2\"))");
  EXPECT_EQ(Lower("release < \"1.10\""), "(leaf (lt (call versionOrder release) \"011.0210#\"))");
}

TEST_F(BuildTyped, FieldsThatNoIndexHasAreNull) {
  EXPECT_EQ(Lower("?x == null and name == \"a\""), "(leaf (eq name \"a\"))");
  EXPECT_EQ(Lower("?x == ?y and name == \"a\""), "(leaf (eq name \"a\"))");
  EXPECT_EQ(Lower("?x != \"a\" and name == \"a\""), "(leaf (eq name \"a\"))");
  EXPECT_EQ(Lower("not (?x < 5) or name == \"a\""), "(leaf (eq name \"a\"))");
  EXPECT_EQ(Lower("concat(?x, name) == \"a\""), "(any)");
}

TEST_F(BuildTyped, LiteralsThatAreNoValueOfTheType) {
  const auto misfit = [](const char* value, const char* path, const char* type, int column) {
    return "E0222:" + std::to_string(column) + ": [" + value + "] is no value of the field [" + path + "] of type [" +
           type + "]\n";
  };
  EXPECT_EQ(Lower("pid == \"x\""), misfit("x", "pid", "long", 18));
  EXPECT_EQ(Lower("ok in (true, 1)"), misfit("1", "ok", "boolean", 24));
  EXPECT_EQ(Lower("ip == 5"), misfit("5", "ip", "ip", 17));
  EXPECT_EQ(Lower("ip < \"10.0.0.0/8\""), misfit("10.0.0.0/8", "ip", "ip", 16));
  EXPECT_EQ(Lower("at == \"now-1d\""), misfit("now-1d", "at", "date", 17));
  EXPECT_EQ(Lower("exact > \"9999-01-01\""), misfit("9999-01-01", "exact", "date_nanos", 19));
}

TEST_F(BuildTyped, LongLiteralsAreCutBetweenCharacters) {
  std::string euros, shown;
  for (int i = 0; i < 100; ++i) euros += "\u20AC";
  for (int i = 0; i < 39; ++i) shown += "\u20AC";
  EXPECT_EQ(Lower("pid == \"abc" + euros + "\""),
            "E0222:18: [abc" + shown + "...] is no value of the field [pid] of type [long]\n");
  EXPECT_EQ(Lower("pid == \"ab" + euros + "\""),
            "E0222:18: [ab" + shown + "...] is no value of the field [pid] of type [long]\n");
}

TEST_F(BuildTyped, AnEcsTypeIsGivenUpWithAWarning) {
  FieldCatalog ecs(nullptr, false);
  ir::Module module;
  EXPECT_THAT(AddRule("any where source.ip == \"-\"", module, Dialect::kElastic, &ecs),
              ElementsAre("W0220:24: [-] is no value of the field [source.ip] of type [ip]"));
  EXPECT_EQ(Lowered("source.ip == \"-\"", Dialect::kElastic, &ecs), "(leaf (eq source.ip \"-\"))");
  EXPECT_EQ(Lowered("source.ip == \"10.0.0.1\"", Dialect::kElastic, &ecs),
            "(leaf (call cidrMatch source.ip \"10.0.0.1\"))");
}

TEST_F(BuildTyped, JoinKeysHaveTheTypeOfTheirField) {
  ir::Module module;
  AddRule("sequence by ip, at, exact, pid, ok, name [any where true] [any where true]", module, Dialect::kElastic,
          &fields_);
  std::vector<abi::KeyType> types;
  for (const ir::Key& key : module.rules().at(0).items[0].keys) types.push_back(key.type);
  using abi::KeyType;
  EXPECT_THAT(types, ElementsAre(KeyType::kIp, KeyType::kDateMillis, KeyType::kDateNanos, KeyType::kNumber,
                                 KeyType::kBool, KeyType::kText));
}

}  // namespace
}  // namespace eqlc
