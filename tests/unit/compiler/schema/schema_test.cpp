#include "compiler/schema/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

using ::testing::HasSubstr;

// `path type [-> holder] [format]` of one field; "none".
std::string Field(std::string_view json, const std::string& path) {
  const auto schema = Schema::Parse(json);
  if (!schema) return schema.error().message;
  const auto& fields = (*schema)->impl().fields;
  const auto found = fields.find(path);
  if (found == fields.end()) return "none";
  const SchemaField& field = found->second;
  std::string text(GetFieldTypeInfo(field.type).mapping_name);
  if (field.path != path) text += " -> " + field.path;
  if (!field.format.empty()) text += " " + field.format;
  return text;
}

TEST(SchemaTest, APlainMap) {
  constexpr std::string_view kJson = R"({"_note": "x", "source.ip": "ip", "n": {"type": "scaled_float"},
      "d": {"type": "date", "format": "epoch_second"}, "k": {"type": "keyword", "format": "ignored"}})";
  EXPECT_EQ(Field(kJson, "source.ip"), "ip");
  EXPECT_EQ(Field(kJson, "n"), "scaled_float");
  EXPECT_EQ(Field(kJson, "d"), "date epoch_second");
  EXPECT_EQ(Field(kJson, "k"), "keyword");
  EXPECT_EQ(Field(kJson, "_note"), "none");
}

TEST(SchemaTest, AMapping) {
  constexpr std::string_view kJson = R"({"logs": {"mappings": {"dynamic": false, "properties": {
      "process": {"properties": {"name": {"type": "keyword", "fields": {"text": {"type": "match_only_text"}}},
                                 "args": {"type": "wildcard"}}},
      "children": {"type": "nested", "properties": {"pid": {"type": "long"}}},
      "event_id": {"type": "alias", "path": "process.name"}},
      "runtime": {"score": {"type": "double"}}}}})";
  EXPECT_EQ(Field(kJson, "process"), "object");
  EXPECT_EQ(Field(kJson, "process.name"), "keyword");
  EXPECT_EQ(Field(kJson, "process.name.text"), "match_only_text -> process.name");
  EXPECT_EQ(Field(kJson, "process.args"), "wildcard");
  EXPECT_EQ(Field(kJson, "children"), "nested");
  EXPECT_EQ(Field(kJson, "children.pid"), "long");
  EXPECT_EQ(Field(kJson, "event_id"), " -> process.name");
  EXPECT_EQ(Field(kJson, "score"), "double");
}

TEST(SchemaTest, SeveralIndices) {
  constexpr std::string_view kJson = R"({
      "a": {"mappings": {"properties": {"d": {"type": "date", "format": "dd-MM-yyyy"}, "x": {"type": "ip"}}}},
      "b": {"mappings": {"properties": {"d": {"type": "date"}, "x": {"type": "long"}}}}})";
  EXPECT_EQ(Field(kJson, "d"), "date dd-MM-yyyy||strict_date_optional_time||epoch_millis");
  EXPECT_EQ(Field(kJson, "x"), "long");
}

TEST(SchemaTest, NullValues) {
  const auto schema = Schema::Parse(R"({"a": {"type": "keyword", "null_value": "none"}, "b": {"type": "long"}})");
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(std::get<std::string>((*schema)->impl().fields.at("a").null_value), "none");
  EXPECT_TRUE(std::holds_alternative<std::monostate>((*schema)->impl().fields.at("b").null_value));
  EXPECT_EQ((*schema)->field_count(), 2u);
}

TEST(SchemaTest, SaysWhatIsWrong) {
  EXPECT_THAT(Field("{", "x"), HasSubstr("not valid JSON"));
  EXPECT_THAT(Field("[]", "x"), HasSubstr("a JSON object"));
  EXPECT_THAT(Field(R"({"a": 1})", "x"), HasSubstr("field 'a'"));
  EXPECT_THAT(Field(R"({"a": {"b": "ip"}})", "x"), HasSubstr("field 'a': it has no `type`"));
  EXPECT_THAT(Field(R"({"mappings": {"properties": []}})", "x"), HasSubstr("properties are a JSON object"));
  EXPECT_THAT(Field(R"({"d": {"type": "date", "format": "EEE"}})", "x"), HasSubstr("date format 'EEE'"));
  EXPECT_THAT(Schema::Load({"/nowhere.json"}).error().message, HasSubstr("/nowhere.json"));
}

TEST(SchemaTest, IsCapped) {
  std::string deep;
  for (uint32_t i = 0; i <= limits::kMaxSchemaNesting; ++i) deep += R"({"properties":)";
  EXPECT_THAT(Field(deep, "x"), HasSubstr("levels deep"));
  EXPECT_THAT(Field("{\"" + std::string(limits::kMaxSchemaPathBytes + 1, 'x') + "\": \"ip\"}", "x"),
              HasSubstr("too long"));
  EXPECT_THAT(Field(std::string(limits::kMaxSchemaBytes + 1, ' '), "x"), HasSubstr("bytes"));
}

}  // namespace
}  // namespace eqlc
