// From the JSON of a schema file to fields. Tested by tests/unit/compiler/schema/schema_test.cpp and
// tests/fuzz/schema_fuzz.cpp.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "compiler/schema/schema.h"
#include "eqlc/limits.hpp"
#include "runtime/value/date.h"
#include "runtime/value/sha256.h"

namespace eqlc {
namespace {

using Json = nlohmann::json;

// Nothing when the text is no JSON or nested deeper than a mapping can be. What is too deep is not kept, so that no
// text makes a tree larger than itself by much.
Result<Json> ParseJson(std::string_view text) {
  if (text.size() > limits::kMaxSchemaBytes) {
    return Error{fmt::format("a schema may have {} bytes", limits::kMaxSchemaBytes)};
  }
  bool too_deep = false;
  const auto keep = [&](int depth, Json::parse_event_t, const Json&) {
    too_deep |= depth > static_cast<int>(limits::kMaxSchemaNesting);
    return !too_deep;
  };
  Json json = Json::parse(text.begin(), text.end(), keep, /*allow_exceptions=*/false);
  if (too_deep) return Error{fmt::format("a schema may be nested {} levels deep", limits::kMaxSchemaNesting)};
  if (json.is_discarded()) return Error{"the schema is not valid JSON"};
  if (!json.is_object()) return Error{"a schema is a JSON object"};
  return json;
}

// One pass over one file. The walk is as deep as the JSON, which is bounded.
class SchemaReader {
 public:
  explicit SchemaReader(std::unordered_map<std::string, SchemaField>& fields) : fields_(fields) {}

  Status Read(const Json& json) {
    if (ReadMapping(json)) return std::move(status_);
    bool found = false;
    for (const auto& [index, value] : json.items()) found = (value.is_object() && ReadMapping(value)) || found;
    if (!found) Properties(json, "");
    return std::move(status_);
  }

 private:
  // True when `json` has a mapping.
  bool ReadMapping(const Json& json) {
    const auto mappings = json.find("mappings");
    if (mappings == json.end() || !mappings->is_object()) return false;
    for (const char* section : {"properties", "runtime"}) {
      if (mappings->contains(section)) Properties((*mappings)[section], "");
    }
    return true;
  }

  void Properties(const Json& properties, const std::string& prefix) {
    if (!properties.is_object()) return Fail(prefix, "properties are a JSON object");
    for (const auto& [name, definition] : properties.items()) {
      if (!status_) return;
      if (prefix.empty() && name.starts_with('_')) continue;  // a note, or metadata of an index
      Field(definition, prefix.empty() ? name : prefix + '.' + name);
    }
  }

  void Field(const Json& definition, const std::string& path) {
    if (definition.is_string()) return Add(path, NamedType(definition.get<std::string>()), path);
    if (!definition.is_object()) return Fail(path, "neither the name of a type nor an object");
    const bool has_properties = definition.contains("properties");
    const std::string type = Text(definition, "type", has_properties ? "object" : "");
    if (type.empty()) return Fail(path, "it has no `type`");
    SchemaField field = NamedType(type);
    field.format = Text(definition, "format", "");
    if (FamilyOf(field.type) != FieldFamily::kDate) field.format.clear();
    if (!field.format.empty() && !AreDateFormats(field.format)) {
      return Fail(path, fmt::format("the date format '{}' is not supported", field.format));
    }
    if (definition.contains("null_value")) field.null_value = Scalar(definition["null_value"]);
    const bool alias = type == "alias";
    if (alias) field.type = FieldType::kUnknown;
    Add(path, std::move(field), alias ? Text(definition, "path", path) : path);
    if (has_properties) Properties(definition["properties"], path);
    if (definition.contains("fields")) MultiFields(definition["fields"], path);
  }

  // The same values, indexed in another way.
  void MultiFields(const Json& fields, const std::string& path) {
    if (!fields.is_object()) return Fail(path, "`fields` are a JSON object");
    for (const auto& [name, definition] : fields.items()) {
      if (definition.is_object()) Add(path + '.' + name, NamedType(Text(definition, "type", "keyword")), path);
    }
  }

  void Add(const std::string& path, SchemaField field, const std::string& holder) {
    if (path.empty() || path.size() > limits::kMaxSchemaPathBytes) return Fail(path, "its path is empty or too long");
    field.path = holder;
    SchemaField& known = fields_[path];
    // Indices that write a date differently are read together.
    const bool dates = FamilyOf(known.type) == FieldFamily::kDate && FamilyOf(field.type) == FieldFamily::kDate;
    if (dates && known.format != field.format) {
      field.format = Formats(known) + "||" + Formats(field);
      if (field.format.size() > limits::kMaxSchemaPathBytes) return Fail(path, "it has too many date formats");
    }
    known = std::move(field);
    if (fields_.size() > limits::kMaxSchemaFields) {
      Fail(path, fmt::format("a schema may have {} fields", limits::kMaxSchemaFields));
    }
  }

  static std::string Formats(const SchemaField& field) {
    return field.format.empty() ? std::string(kDefaultDateFormats) : field.format;
  }

  static SchemaField NamedType(std::string name) {
    SchemaField field;
    field.type = FieldTypeOf(name);
    field.type_name = std::move(name);
    return field;
  }

  static std::string Text(const Json& object, const char* key, std::string fallback) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::move(fallback);
  }

  static MappedScalar Scalar(const Json& json) {
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number_unsigned()) return json.get<uint64_t>();
    if (json.is_number_integer()) return json.get<int64_t>();
    if (json.is_number_float()) return json.get<double>();
    if (json.is_string()) return json.get<std::string>();
    return {};
  }

  void Fail(const std::string& path, const std::string& what) {
    if (status_) status_ = Error{fmt::format("field '{}': {}", path.substr(0, limits::kMaxSchemaPathBytes), what)};
  }

  std::unordered_map<std::string, SchemaField>& fields_;
  Status status_;
};

}  // namespace

Status Schema::Impl::Read(std::string_view json) {
  const Result<Json> parsed = ParseJson(json);
  if (!parsed) return parsed.error();
  digest = IdHash().Add(digest).Add(json).Hex();
  return SchemaReader(fields).Read(*parsed);
}

}  // namespace eqlc
