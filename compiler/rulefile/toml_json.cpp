#include "compiler/rulefile/toml_json.h"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "runtime/value/json.h"
#include "runtime/value/json_text.h"

namespace eqlc {
namespace {

template <typename T>
std::string Printed(const T& value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

void Append(std::string& out, double value) {
  if (std::isfinite(value)) {
    out += ToJson(abi::Double(value));
  } else {
    json::AppendString(out, std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
  }
}

void Append(std::string& out, const toml::node& node);

void Append(std::string& out, const toml::table& table) {
  out += '{';
  for (auto&& [key, value] : table) {
    json::AppendKey(out, key.str());
    Append(out, value);
  }
  out += '}';
}

void Append(std::string& out, const toml::array& array) {
  out += '[';
  for (const toml::node& value : array) {
    if (out.back() != '[') out += ',';
    Append(out, value);
  }
  out += ']';
}

void Append(std::string& out, const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return Append(out, *node.as_table());
    case toml::node_type::array:
      return Append(out, *node.as_array());
    case toml::node_type::string:
      return json::AppendString(out, node.as_string()->get());
    case toml::node_type::integer:
      out += fmt::to_string(node.as_integer()->get());
      return;
    case toml::node_type::floating_point:
      return Append(out, node.as_floating_point()->get());
    case toml::node_type::boolean:
      out += node.as_boolean()->get() ? "true" : "false";
      return;
    case toml::node_type::date:
      return json::AppendString(out, Printed(node.as_date()->get()));
    case toml::node_type::time:
      return json::AppendString(out, Printed(node.as_time()->get()));
    case toml::node_type::date_time:
      return json::AppendString(out, Printed(node.as_date_time()->get()));
    case toml::node_type::none:
      out += "null";
      return;
  }
}

}  // namespace

std::string TomlToJson(const toml::table& table) {
  std::string out;
  Append(out, table);
  return out;
}

}  // namespace eqlc
