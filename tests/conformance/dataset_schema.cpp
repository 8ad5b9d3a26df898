#include "tests/conformance/dataset_schema.h"

#include <regex>
#include <stdexcept>

namespace eqlc::conformance {
namespace {

// "keyword|wildcard", "alias -> other", "date dd-MM-yyyy", "keyword, null_value NULL (...)", "text + ... subfield".
Json MappingOf(const std::string& words) {
  static const std::regex kWords(R"(^(\w+)(?: -> (\S+)| ([a-zA-Z]+-\S+))?.*?(?:null_value (\w+).*)?$)");
  std::smatch m;
  if (!std::regex_match(words, m, kWords)) throw std::runtime_error("types.json: " + words);
  Json mapping = {{"type", m[1].str()}};
  if (m[2].matched) mapping["path"] = m[2].str();
  if (m[3].matched) mapping["format"] = m[3].str();
  if (m[4].matched) mapping["null_value"] = m[4].str();
  return mapping;
}

// "as A, but FIELD is TYPE and ..." instead of fields.
Json Declared(const Json& types, const Json& entry) {
  static const std::regex kLike(R"(^as ([\w-]+), but (\S+) is (\w+).*$)");
  if (entry.is_string()) {
    const std::string text = entry;
    std::smatch m;
    if (!std::regex_match(text, m, kLike)) throw std::runtime_error("types.json: " + text);
    Json properties = Declared(types, types.at(m[1].str()));
    properties[m[2].str()] = {{"type", m[3].str()}};
    return properties;
  }
  Json properties = Json::object();
  for (const auto& [field, words] : entry.items()) properties[field] = MappingOf(words);
  return properties;
}

Json DynamicType(const Json& value) {
  static const std::regex kDate(R"(^\d{4}-\d\d(-\d\d(T[\d:.]+Z?)?)?$)");
  if (value.is_boolean()) return "boolean";
  if (value.is_number_integer()) return "long";
  if (value.is_number()) return "float";
  return std::regex_match(value.get<std::string>(), kDate) ? "date" : "text";
}

void AddDynamic(const Json& value, const std::string& path, Json& properties) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      AddDynamic(member, path.empty() ? key : path + '.' + key, properties);
    }
  } else if (value.is_array()) {
    for (const Json& element : value) AddDynamic(element, path, properties);
  } else if (!value.is_null() && !properties.contains(path)) {
    properties[path] = {{"type", DynamicType(value)}};
  }
}

Json Mapping(Json properties, const std::vector<std::string>& events) {
  for (const std::string& event : events) AddDynamic(Json::parse(event), "", properties);
  return {{"mappings", {{"properties", std::move(properties)}}}};
}

}  // namespace

std::map<std::string, Json> DatasetMappings(const Json& types,
                                            const std::map<std::string, std::vector<std::string>>& files) {
  std::map<std::string, Json> mappings;
  for (const auto& [dataset, events] : files) {
    // A dataset of several indices, numbered from 1, has one mapping for each.
    Json mapping;
    for (int i = 1; types.contains(dataset + std::to_string(i)); ++i) {
      const std::string index = dataset + std::to_string(i);
      mapping[index] = Mapping(Declared(types, types[index]), {});
    }
    if (!mapping.is_null()) {
      Json all = Json::object();
      for (const Json& index : mapping) all.update(index["mappings"]["properties"]);
      mapping["dynamic"] = Mapping(all, events);
      for (const auto& [field, declared] : all.items()) mapping["dynamic"]["mappings"]["properties"].erase(field);
    } else if (types.contains(dataset)) {
      mapping = Mapping(Declared(types, types[dataset]), events);
    }
    if (!mapping.is_null()) mappings[dataset] = std::move(mapping);
  }
  return mappings;
}

Json VerifierMapping(const Json& endgame) {
  Json mapping = endgame;
  if (mapping.is_null()) return mapping;
  Json& properties = mapping["mappings"]["properties"];
  for (const char* type : {"integer_range", "float_range", "long_range", "double_range", "date_range", "ip_range"}) {
    properties[std::string(type) + "_field"] = type;
  }
  for (const char* type :
       {"boolean", "byte", "short", "double", "float", "half_float", "date_nanos", "unsigned_long"}) {
    properties[std::string(type) + "_field"] = type;
  }
  properties["constant_keyword"] = "constant_keyword";
  properties["version"] = properties["version_number"] = "version";
  properties["location"] = "geo_point";
  properties["wrong_int_type_field"] = "int";
  properties["processes"] = {{"type", "nested"}, {"properties", {{"pid", {{"type", "long"}}}}}};
  return mapping;
}

std::shared_ptr<const Schema> SchemaOf(const Json& mapping) {
  if (mapping.is_null()) return nullptr;
  Result<std::shared_ptr<const Schema>> schema = Schema::Parse(mapping.dump());
  if (!schema) throw std::runtime_error("types.json: " + schema.error().message);
  return std::move(schema).value();
}

}  // namespace eqlc::conformance
