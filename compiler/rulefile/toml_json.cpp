#include "compiler/rulefile/toml_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

namespace eqlc {
namespace {

using Json = nlohmann::json;

template <typename T>
Json Printed(const T& value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

Json Float(double value) {
  if (std::isfinite(value)) return value;
  if (std::isnan(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

Json ToJson(const toml::node& node);

Json Table(const toml::table& table) {
  Json object = Json::object();
  for (auto&& [key, value] : table) object[std::string(key.str())] = ToJson(value);
  return object;
}

Json Array(const toml::array& array) {
  Json list = Json::array();
  for (const toml::node& value : array) list.push_back(ToJson(value));
  return list;
}

Json ToJson(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return Table(*node.as_table());
    case toml::node_type::array:
      return Array(*node.as_array());
    case toml::node_type::string:
      return node.as_string()->get();
    case toml::node_type::integer:
      return node.as_integer()->get();
    case toml::node_type::floating_point:
      return Float(node.as_floating_point()->get());
    case toml::node_type::boolean:
      return node.as_boolean()->get();
    case toml::node_type::date:
      return Printed(node.as_date()->get());
    case toml::node_type::time:
      return Printed(node.as_time()->get());
    case toml::node_type::date_time:
      return Printed(node.as_date_time()->get());
    case toml::node_type::none:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

std::string TomlToJson(const toml::table& table) {
  return Table(table).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace eqlc
