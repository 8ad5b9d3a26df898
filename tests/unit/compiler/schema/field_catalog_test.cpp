#include "compiler/schema/field_catalog.h"

#include <gtest/gtest.h>

#include "compiler/schema/builtin_fields.h"
#include "runtime/value/date.h"

namespace eqlc {
namespace {

TEST(BuiltinFieldsTest, KnowsTheTypesOfEcs) {
  EXPECT_GT(BuiltinFields().size(), 3000u);
  EXPECT_EQ(BuiltinFields().at("@timestamp"), FieldType::kDate);
  EXPECT_EQ(BuiltinFields().at("source.ip"), FieldType::kIp);
  EXPECT_EQ(BuiltinFields().at("process.pid"), FieldType::kLong);
  EXPECT_EQ(BuiltinFields().at("process.parent.code_signature.trusted"), FieldType::kBoolean);
  EXPECT_EQ(BuiltinFields().at("process.name"), FieldType::kKeyword);
  EXPECT_EQ(BuiltinFields().at("source.geo.location"), FieldType::kUnknown);
}

TEST(FieldCatalogTest, TheSchemaGoesBeforeEcs) {
  const auto schema = Schema::Parse(R"({"source.ip": "keyword", "app.seen": "date_nanos"})");
  FieldCatalog fields(schema->get(), false);
  EXPECT_EQ(fields.Find("source.ip").type, FieldType::kKeyword);
  EXPECT_TRUE(fields.Find("source.ip").declared);
  EXPECT_EQ(fields.Find("destination.ip").type, FieldType::kIp);
  EXPECT_FALSE(fields.Find("destination.ip").declared);
  EXPECT_EQ(fields.Find("app.seen").type, FieldType::kDateNanos);
  EXPECT_EQ(fields.Find("app.seen").date_formats, kDefaultDateFormats);
  EXPECT_EQ(fields.Find("app").type, FieldType::kObject);
  EXPECT_FALSE(fields.Find("other").known);
}

TEST(FieldCatalogTest, OtherNamesOfAField) {
  const auto schema = Schema::Parse(R"({"mappings": {"properties": {
      "name": {"type": "text", "fields": {"raw": {"type": "keyword"}}}, "pid": {"type": "long"},
      "id": {"type": "alias", "path": "pid"}, "n": {"type": "nested", "properties": {"x": {"type": "ip"}}}}}})");
  FieldCatalog fields(schema->get(), true);
  EXPECT_EQ(fields.Find("name.raw").path, "name");
  EXPECT_EQ(fields.Find("name.raw").type, FieldType::kKeyword);
  EXPECT_EQ(fields.Find("id").path, "pid");
  EXPECT_EQ(fields.Find("id").type, FieldType::kLong);
  EXPECT_EQ(fields.Find("n.x").nested, "n");
  EXPECT_EQ(fields.Find("pid").nested, "");
  FieldCatalog builtin(nullptr, false);
  EXPECT_EQ(builtin.Find("process.command_line.text").path, "process.command_line");
}

TEST(FieldCatalogTest, SuggestsOnlyWhatIsNear) {
  FieldCatalog fields(nullptr, true);
  EXPECT_FALSE(fields.strict()) << "without schema there is nothing to be strict about";
  EXPECT_EQ(fields.SuggestionFor("process.nmae"), "process.name");
  EXPECT_EQ(fields.SuggestionFor("proces.executable"), "process.executable");
  EXPECT_EQ(fields.SuggestionFor("Process.Name"), "process.name");
  EXPECT_EQ(fields.SuggestionFor("proces.name"), "process.name");
  for (const char* other :
       {"aws.cloudtrail.user_identity.type", "okta.actor.id", "process.custom", "md4", "name", "process_name"}) {
    EXPECT_EQ(fields.SuggestionFor(other), "") << other;
  }
  const auto schema = Schema::Parse(R"({"md5": "keyword", "pid": "long"})");
  FieldCatalog strict(schema->get(), true);
  EXPECT_EQ(strict.SuggestionFor("md4"), "md5");
  EXPECT_FALSE(strict.Find("process.name").known);
}

}  // namespace
}  // namespace eqlc
